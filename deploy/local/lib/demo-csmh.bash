# The demonstration of a CsmhMigration: a history of ROWS rows, moved and proven, the old rows removed.
# shellcheck shell=bash disable=SC2034,SC2154
NAMESPACE=openedx RESOURCE=csmh RUN=history
OLD=courseware_studentmodulehistory NEW=coursewarehistoryextended_studentmodulehistoryextended
ROWS=${ROWS:-1000000}

demonstrate() { # [EXAMPLE]
  EXAMPLE=${1:-csmh-separate-servers} TARGET=mysql
  [[ $# -le 1 ]] || usage
  [[ -e $REPOSITORY/examples/$EXAMPLE/migration.yaml ]] || fail 64 "there is no examples/$EXAMPLE"
  ! grep -q 'host: mysql-csmh' "$REPOSITORY/examples/$EXAMPLE/migration.yaml" || TARGET=mysql-csmh
  headline 'A cluster, two MySQL servers and the operator'
  "$LOCAL/up"
  "$LOCAL/install" "$NAMESPACE"
  servers
  headline "A history of $ROWS rows, and accounts with just the grants that the manual asks for"
  stage "write $ROWS rows to openedx.$OLD" history
  stage 'make accounts and Secrets' accounts
  apply_example "$EXAMPLE" migration.yaml
  read_the_plan
  approve plan
  wait_for_step cutover DisableOldReads
  before_the_end
  approve cutover
  wait_for_step destructive Drain
  approve destructive
  wait_for_the_end
  show_the_end
  say "old: $(sql mysql <<<"SELECT CONCAT(COUNT(*), ' rows') FROM openedx.$OLD")"
  say "new: $(sql "$TARGET" <<<"$COMPARED FROM edxapp_csmh.$NEW")"
}

try_yourself() { echo "deploy/local/mysql mysql sql"; }

sql() { "$LOCAL/mysql" "$1" sql --batch --skip-column-names; }

servers() {
  local server
  for server in mysql mysql-csmh; do
    "$LOCAL/mysql" "$server" start
    "$LOCAL/mysql" "$server" serve "$NAMESPACE"
  done
}

history() {
  kubectl delete csmh "$RUN" -n "$NAMESPACE" --ignore-not-found
  local server
  for server in mysql mysql-csmh; do sql "$server" <<<'DROP DATABASE IF EXISTS edxapp_csmh'; done
  sed "s/@ROWS@/$ROWS/" "$LOCAL/sql/history.sql" | sql mysql
}

accounts() {
  local password
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  sed "s/@PASSWORD@/$password/" "$LOCAL/sql/source-account.sql" | sql mysql
  sed "s/@PASSWORD@/$password/" "$LOCAL/sql/target-account.sql" | sql "$TARGET"
  [[ $TARGET != mysql ]] || sql mysql <<<"GRANT SELECT ON openedx.$OLD TO csmh_target@'%'"
  secret csmh-source csmh_source "$password"
  secret csmh-target csmh_target "$password"
  secret csmh-application csmh_application "$password"
}

secret() { # NAME USER PASSWORD; the manifest goes through a pipe: an argument would show in ps
  kubectl apply -n "$NAMESPACE" -f - <<<"{apiVersion: v1, kind: Secret, metadata: {name: $1}, stringData: {username: $2, password: '$3'}}"
}

COMPARED="SELECT CONCAT(COUNT(*), ' rows, ids ', COALESCE(MIN(id), '-'), ' to ', COALESCE(MAX(id), '-'), ', checksum ',
  COALESCE(SUM(CRC32(CONCAT_WS('|', id, HEX(version), HEX(state), grade, max_grade, student_module_id, DATE_FORMAT(created, '%Y%m%d%H%i%s%f')))), '-'))"

before_the_end() {
  headline 'Both tables, asked by plain SQL while the old one is still full'
  say "old: $(sql mysql <<<"$COMPARED FROM openedx.$OLD")"
  say "new: $(sql "$TARGET" <<<"$COMPARED FROM edxapp_csmh.$NEW")"
}
