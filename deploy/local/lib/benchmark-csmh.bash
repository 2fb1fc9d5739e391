# A CsmhMigration beside what the server can do without it.
# shellcheck shell=bash disable=SC2154
NAMESPACE=openedx-benchmark RUN=benchmark LANES=4 CHUNK=10000
OLD=openedx.courseware_studentmodulehistory
NEW=edxapp_csmh.coursewarehistoryextended_studentmodulehistoryextended
COLUMNS='id, version, created, state, grade, max_grade, student_module_id'

measure() { # [ROWS]
  ROWS=${1:-1000000}
  [[ $ROWS =~ ^[0-9]+$ ]] || usage
  "$LOCAL/up"
  "$LOCAL/install" "$NAMESPACE"
  local server
  for server in bench bench-far; do
    "$LOCAL/mysql" "$server" start
    "$LOCAL/mysql" "$server" serve "$NAMESPACE"
  done
  same_server
  latency
  huge_states
  operator_memory
}

sql() { "$LOCAL/mysql" "${1:-bench}" sql --batch --skip-column-names; }
evidence() { k get csmh "$RUN" -o jsonpath="{.status.steps[?(@.name==\"$1\")].evidence.$2}"; } # STEP KEY

same_server() {
  stage "write $ROWS rows" fresh_history "$ROWS"
  local before after ours copy verify
  before=$(raw_rate)
  migrate bench
  copy=$(step_seconds Copy) verify=$(step_seconds Verify)
  ours=$(awk -v rows="$ROWS" -v seconds="$copy" 'BEGIN {printf "%d", rows / seconds}')
  after=$(raw_rate)
  line "raw, $LANES sessions, before / after" "$before / $after rows/s"
  line "CsmhMigration, $LANES lanes, exactly once" "$ours rows/s"
  line 'ratio to the mean of raw (wanted: at least 0.80)' "$(ratio "$ours" $(((before + after) / 2)))"
  line 'Copy / Reconcile / Verify' "$copy / $(step_seconds Reconcile) / $verify s"
  line 'Verify by Copy (wanted: at most 0.25)' "$(ratio "$verify" "$copy")"
  line 'rows old / new at the end' "$(sql <<<"SELECT COUNT(*) FROM $OLD") / $(sql <<<"SELECT COUNT(*) FROM $NEW")"
}

fresh_history() { # ROWS
  local server
  for server in bench bench-far; do sql $server <<<'DROP DATABASE IF EXISTS edxapp_csmh; DROP DATABASE IF EXISTS raw'; done
  sed "s/@ROWS@/$1/" "$LOCAL/sql/history.sql" | sql
}

# What the server can do without us: the same statement from as many sessions, with nothing around it.
raw_rate() {
  sql <<<"CREATE DATABASE raw; CREATE TABLE raw.new (version varchar(255) NULL, created datetime(6) NOT NULL,
    state longtext NULL, grade double NULL, max_grade double NULL, id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    student_module_id bigint unsigned NOT NULL, KEY v (version), KEY c (created), KEY s (student_module_id)) DEFAULT CHARSET = utf8mb4"
  local from=$OLD begin session sessions=()
  [[ $(sql <<<"SELECT COUNT(*) FROM $OLD") != 0 ]] || from=$NEW
  begin=$(milliseconds)
  for ((session = 0; session < LANES; session++)); do
    raw_session "$session" "$from" | sql &
    sessions+=($!)
  done
  wait "${sessions[@]}"
  echo $((ROWS * 1000 / ($(milliseconds) - begin)))
  sql <<<'DROP DATABASE raw'
}

raw_session() { # NUMBER TABLE
  local id last=$((($1 + 1) * ROWS / LANES))
  echo "SET SESSION transaction_isolation = 'READ-COMMITTED';"
  for ((id = $1 * ROWS / LANES + 1; id <= last; id += CHUNK)); do
    echo "INSERT INTO raw.new ($COLUMNS) SELECT $COLUMNS FROM $2 WHERE id BETWEEN $id AND $((id + CHUNK > last ? last : id + CHUNK - 1));"
  done
}

migrate() { # TARGET_SERVER
  k delete csmh "$RUN" --ignore-not-found >/dev/null
  accounts "$1" >/dev/null
  apply "$1"
  k wait "csmh/$RUN" --for=condition=Succeeded --timeout=30m >/dev/null
}

apply() { # TARGET_SERVER
  k apply -f - >/dev/null <<YAML
apiVersion: ops.openedx.io/v1alpha1
kind: CsmhMigration
metadata: {name: $RUN}
spec:
  source: {host: bench, database: openedx, credentialsSecretRef: {name: csmh-source}}
  target: {host: $1, database: edxapp_csmh, credentialsSecretRef: {name: csmh-target}}
  gates: {plan: Auto, cutover: Auto, destructive: Auto}
  freeze: {quietSeconds: 1}
  copy: {lanes: $LANES, maxThreadsRunning: 0}
YAML
}

accounts() { # TARGET_SERVER
  local password name
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  sed "s/@PASSWORD@/$password/" "$LOCAL/sql/source-account.sql" | sql
  sed "s/@PASSWORD@/$password/" "$LOCAL/sql/target-account.sql" | sql "$1"
  [[ $1 != bench ]] || sql <<<"GRANT SELECT ON $OLD TO csmh_target@'%'"
  for name in source target; do
    k apply -f - <<<"{apiVersion: v1, kind: Secret, metadata: {name: csmh-$name}, stringData: {username: csmh_$name, password: '$password'}}"
  done
}

step_seconds() { evidence "$1" seconds; }

latency() {
  local begin generation
  k delete csmh "$RUN" --ignore-not-found >/dev/null
  fresh_history 20000
  accounts bench >/dev/null
  begin=$(milliseconds)
  apply bench
  wait_until 60 first_row
  line 'apply → first row copied (wanted: at most 8 s)' "$(seconds_since "$begin")"
  k wait "csmh/$RUN" --for=condition=Succeeded --timeout=5m >/dev/null
  k delete pod -l app.kubernetes.io/name=openedx-ops-operator --wait=false >/dev/null
  begin=$(milliseconds)
  generation=$(k patch csmh "$RUN" --type=merge -p '{"spec":{"retention":{"jobSeconds":3600}}}' -o jsonpath='{.metadata.generation}')
  wait_until 60 observed "$generation"
  line 'operator replaced → reconciles again (wanted: 4 s)' "$(seconds_since "$begin")"
  k scale deployment openedx-ops-operator --replicas=0 >/dev/null
  k wait pod -l app.kubernetes.io/name=openedx-ops-operator --for=delete --timeout=60s >/dev/null
  k scale deployment openedx-ops-operator --replicas=1 >/dev/null
  k rollout status deployment openedx-ops-operator --timeout=60s >/dev/null
  wait_until 60 reconciled
  line 'operator: process start → first reconcile (wanted: 2 s)' "$(first_reconcile)"
}
first_reconcile() { k logs -l app.kubernetes.io/name=openedx-ops-operator --tail=-1 | grep -o 'first reconcile.*'; }
reconciled() { first_reconcile >/dev/null; }
first_row() { [[ $(sql <<<"SELECT EXISTS (SELECT 1 FROM $NEW)" 2>/dev/null) == 1 ]]; }
observed() { [[ $(k get csmh "$RUN" -o jsonpath='{.status.observedGeneration}') == "$1" ]]; }

huge_states() {
  k delete csmh "$RUN" --ignore-not-found >/dev/null
  fresh_history 50000
  sql <<<"UPDATE $OLD SET state = REPEAT('x', 30000000) WHERE id IN (100, 200, 300, 400, 20000, 20001, 49999)"
  migrate bench-far
  line 'two servers, 50,000 rows, seven of them 30 MB: Copy' "$(step_seconds Copy) s"
  line 'worker: greatest resident set (wanted: 256 MiB)' "$(evidence Verify peakMemory)"
}

operator_memory() {
  local pod
  pod=$(k get pod -l app.kubernetes.io/name=openedx-ops-operator -o jsonpath='{.items[0].metadata.name}')
  line 'operator: resident set (wanted: 160 MiB)' "$(kubectl get --raw "/api/v1/nodes/$NODE_NAME/proxy/stats/summary" |
    python3 -c 'import json, sys
for pod in json.load(sys.stdin)["pods"]:
    if pod["podRef"]["name"] == sys.argv[1]:
        print(pod["containers"][0]["memory"]["rssBytes"] >> 20, "MiB")' "$pod")"
}
