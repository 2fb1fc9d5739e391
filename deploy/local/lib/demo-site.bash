# The demonstration of a CsmhMigration around a site whose learners are at work: a site that configures itself, as with GitOps.
# shellcheck shell=bash disable=SC2034,SC2154
NAMESPACE=openedx-lms RESOURCE=csmh RUN=history EXAMPLE=csmh-gitops
ROWS=${ROWS:-20000} RATE=${RATE:-4}
. "$LOCAL/lib/kill-at-random.bash"
PLUGIN=$SITES/$NAMESPACE/demo/csmh.yml

demonstrate() { # [killed]
  [[ $# == 0 || $* == killed ]] || usage
  headline 'A cluster, an Open edX site (a stand-in with real Django, Tutor and MySQL), its learners, and the operator'
  "$LOCAL/up"
  stage 'clear away the site of an earlier demonstration' site remove
  site up "$ROWS"
  "$LOCAL/install" "$NAMESPACE"
  stage 'make Secrets' secrets
  site mark before
  site load "$RATE"
  apply_example "$EXAMPLE" migration.yaml
  [[ $# == 0 ]] || begin_to_kill
  read_the_plan
  approve plan
  wait_until_it_waits EnableWrites
  headline "The site is given what ConfigMap $RUN-site says, and tutor k8s start"
  site mark during
  configure true
  wait_for_step cutover DisableOldReads
  approve cutover
  headline 'CSMH_READ_OLD=false, and tutor k8s start'
  configure false
  wait_for_step destructive Drain
  approve destructive
  wait_for_the_end
  [[ $# == 0 ]] || end_to_kill
  show_the_end
  headline 'The learners go on for a while; then all that they know is compared with the tables and the pages'
  site mark after
  sleep 30 # of their work: it is what is shown
  site unload
  site check
}

begin_to_kill() {
  headline 'From here on the operator and its workers are killed at random, every 2 to 8 s'
  # No worker lives for the 30 s that the old table has to be quiet; and one that copies must live long enough to be hit.
  kubectl patch csmh "$RUN" -n "$NAMESPACE" --type=merge -p '{"spec":{"freeze":{"quietSeconds":2},"copy":{"maxRowsPerSecond":500}}}'
  kill_at_random "$NAMESPACE" "$STATE/log/killed" &
  KILLER=$!
}

end_to_kill() {
  kill "$KILLER"
  killed "$STATE/log/killed"
}

try_yourself() { echo "deploy/local/mysql $NAMESPACE sql; deploy/local/lms-site load"; }

site() { "$LOCAL/lms-site" "$@"; }

wait_until_it_waits() { # STEP
  live "waiting for $1" '{.status.summary.message}' "$1 waits for the site: Not all.*"
}

secrets() {
  local name
  for name in csmh-source csmh-target; do secret "$name" admin "$("$LOCAL/mysql" "$NAMESPACE" password)"; done
  secret csmh-application csmh "$(application)"
}

application() {
  mkdir -p "$(dirname "$PLUGIN")"
  [[ -e $PLUGIN.password ]] || (umask 077; od -An -N12 -tx1 /dev/urandom | tr -d ' \n' >"$PLUGIN.password")
  cat "$PLUGIN.password"
}

secret() { # NAME USER PASSWORD; the manifest goes through a pipe: an argument would show in ps
  kubectl apply -n "$NAMESPACE" -f - <<<"{apiVersion: v1, kind: Secret, metadata: {name: $1}, stringData: {username: $2, password: '$3'}}"
}

configure() { # READ_OLD
  (umask 077; kubectl get configmap "$RUN-site" -n "$NAMESPACE" -o jsonpath='{.data.csmh\.yml}' |
    sed "s/USERNAME: \"\"/USERNAME: csmh/; s/PASSWORD: \"\"/PASSWORD: $(application)/; s/READ_OLD: true/READ_OLD: $1/" >"$PLUGIN")
  site start "$PLUGIN"
}
