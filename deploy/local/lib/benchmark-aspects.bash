# An AspectsUpgrade beside the same upgrade by the commands that the documentation names, and those that it forgets: each on a
# site of its own, brought up alike, one after the other, with events in the tables and a load that keeps writing.
# REFRESH: dbt's selectors of the views that this hop changed in place; 2.5.3 to 3.0.3 has none.
# shellcheck shell=bash disable=SC2154
. "$LOCAL/lib/runner.bash"
RUN=aspects EVENTS=${EVENTS:-100000}

measure() { # [OLD NEW]
  [[ $# == 0 || $# == 2 ]] || usage
  FROM=${1:-2.5.3} TO=${2:-3.0.3}
  TUTOR=$("$LOCAL/site" tutor "$TO")
  "$LOCAL/up"
  local by_tutor by_operator
  NAMESPACE=openedx-bench-tutor
  fresh_site
  by_tutor=$(timed tutor_upgrades)
  stage 'remove the site' site remove
  NAMESPACE=openedx-bench-operator
  fresh_site
  stage 'install the operator' "$LOCAL/install" "$NAMESPACE"
  by_operator=$(timed operator_upgrades)
  steps
  line "$FROM → $TO, Tutor's own commands" "$(in_seconds "$by_tutor")"
  line "$FROM → $TO, kubectl apply → Succeeded" "$(in_seconds "$by_operator")"
  line 'ratio (wanted: at most 1.15)' "$(ratio "$by_operator" "$by_tutor")"
  stage 'remove the site' site remove
}

site() { "$LOCAL/site" --namespace "$NAMESPACE" "$@"; }
folder() { echo "$SITES/$NAMESPACE"; }
in_seconds() { awk -v millis="$1" 'BEGIN {printf "%.1f s", millis / 1000}'; }

fresh_site() {
  stage "clear away the site of an earlier benchmark" site remove
  site aspects "$FROM" "$TUTOR"
  stage "write $EVENTS events" site events "$EVENTS"
  stage 'start the load' site load 1
  site images "$TUTOR" "$TO" >/dev/null
}

timed() { # COMMAND -> milliseconds
  local begin
  begin=$(milliseconds)
  "$1" >&2
  echo $(($(milliseconds) - begin))
}

# Everything that the operator does, too, by hand: nobody reads, decides or types here, so this is the least that it can take.
tutor_upgrades() {
  stage '  Tutor: back up ClickHouse and MySQL' back_up
  stage '  Tutor: config save' config_save
  stage '  Tutor: k8s start, roll-outs' start
  stage '  Tutor: pause ingestion' k scale deployment ralph --replicas=0
  stage '  Tutor: k8s do init -l aspects' tutor k8s do init -l aspects
  [[ ! ${REFRESH:-} ]] ||
    stage '  Tutor: k8s do dbt, full refresh' tutor k8s do dbt --only_changed False -c "run --full-refresh --select $REFRESH"
  stage '  Tutor: resume ingestion' resume
  stage '  Tutor: k8s do dbt, tests' tutor k8s do dbt --only_changed False -c test
}

tutor() { runner_run "$TUTOR" "$TO" "$(folder)/tutor" tutor "$@"; }

back_up() {
  local databases
  databases=$(site sql -e "SELECT arrayStringConcat(arrayMap(name -> concat('DATABASE ', name), groupArray(name)), ', ')
    FROM system.databases WHERE name IN ('xapi', 'openedx', 'event_sink', 'reporting')")
  site sql -e "BACKUP $databases TO Disk('backups', 'benchmark')"
  k create job superset-by-hand --from=cronjob/superset-backup
  k wait job/superset-by-hand --for=condition=Complete --timeout=120s
}

# With the names of the new images, as an administrator has put them into config.yml.
config_save() {
  (umask 077; k get secret tutor-config -o jsonpath='{.data.config\.yml}' | base64 -d >"$(folder)/tutor/config.yml")
  rm -rf "$(folder)/tutor/env/plugins/aspects/build/aspects-superset/openedx-assets/assets"
  tutor config save
}

start() { tutor k8s start; roll_outs; }
resume() { k scale deployment ralph --replicas=1; roll_outs; }
roll_outs() {
  local deployment
  for deployment in $(k get deployments -o name); do
    k rollout status "$deployment" --timeout=180s
  done
}

operator_upgrades() {
  sed -E "s#^( *version:).*#\1 $TO#; s#^( *runnerImage:).*#\1 $(runner_image "$TUTOR" "$TO")#; s#Manual#Auto#g" \
    "$REPOSITORY/examples/aspects-upgrade/upgrade.yaml" | k apply -f -
  approve_plan
  local ends=()
  awaited Succeeded & ends+=($!)
  awaited Stalled & ends+=($!)
  wait -n || true
  kill "${ends[@]}" 2>/dev/null || true
  k get aspectsupgrade "$RUN" -o wide
  [[ $(k get aspectsupgrade "$RUN" -o jsonpath='{.status.conditions[?(@.type=="Succeeded")].status}') == True ]]
}
# Special instructions of a release shut the gate even where it is Auto; here nobody takes the time to read them.
approve_plan() {
  local hash
  k wait "aspectsupgrade/$RUN" --for=jsonpath='{.status.plan.hash}' --timeout=5m >/dev/null
  hash=$(k get aspectsupgrade "$RUN" -o jsonpath='{.status.plan.hash}')
  k patch aspectsupgrade "$RUN" --type=merge -p "{\"spec\":{\"approvals\":[{\"gate\":\"plan\",\"planHash\":\"$hash\"}]}}" >/dev/null
}
awaited() { exec kubectl -n "$NAMESPACE" wait "aspectsupgrade/$RUN" --for="condition=$1" --timeout=30m >/dev/null 2>&1; }

# How long each step took, as its status says.
steps() {
  k get aspectsupgrade "$RUN" -o json | python3 -c 'import datetime, json, sys
read = lambda text: datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
for step in json.load(sys.stdin)["status"]["steps"]:
    if "startTime" in step and "completionTime" in step:
        seconds = (read(step["completionTime"]) - read(step["startTime"])).total_seconds()
        print("ok  %6.1f s    operator: %s" % (seconds, step["name"]))' >&2
}
