# The demonstration of an AspectsUpgrade: a Tutor site with events and a load that keeps writing, upgraded while it runs.
# shellcheck shell=bash disable=SC2034,SC2154
NAMESPACE=${NAMESPACE:-openedx-aspects} RESOURCE=aspectsupgrade RUN=aspects
EVENTS=${EVENTS:-100000}

demonstrate() { # [OLD NEW]
  [[ $# == 0 || $# == 2 ]] || usage
  FROM=${1:-2.5.3} TO=${2:-3.0.3}
  local tutor
  tutor=$(site tutor "$TO")
  headline "A cluster, a site with Tutor $tutor and Aspects $FROM, and the operator"
  "$LOCAL/up"
  stage 'clear away the site of an earlier demonstration' site remove
  site aspects "$FROM" "$tutor"
  "$LOCAL/install" "$NAMESPACE"
  headline "$EVENTS events, a load that keeps writing, and the images of Aspects $TO as a CI would have pushed them"
  stage "write $EVENTS events" site events "$EVENTS"
  stage 'start the load' site load
  RUNNER=$(site images "$tutor" "$TO")
  headline 'Before'
  relations
  apply_upgrade
  read_the_plan
  approve plan
  wait_for_step cutover ApplyManifests
  approve cutover
  wait_for_the_end
  show_the_end
  headline 'After'
  relations
  everything_arrived
}

try_yourself() { echo "deploy/local/site --namespace $NAMESPACE sql"; }

site() { "$LOCAL/site" --namespace "$NAMESPACE" "$@"; }

# The example as it is for the pair that it names; other pairs differ in two words.
apply_upgrade() {
  if [[ $TO == 3.0.3 ]]; then
    apply_example aspects-upgrade upgrade.yaml
  else
    headline "examples/aspects-upgrade/upgrade.yaml, for Aspects $TO"
    sed -E "s#^( *version:).*#\1 $TO#; s#^( *runnerImage:).*#\1 $RUNNER#" "$REPOSITORY/examples/aspects-upgrade/upgrade.yaml" |
      kubectl apply -n "$NAMESPACE" -f -
  fi
}

# Which release's views made how many rows; asked of ClickHouse, not of the operator.
relations() {
  local forms
  forms=$(site sql -e "
    SELECT arrayStringConcat(groupArray(format('SELECT shape, count() AS rows FROM {}.{} GROUP BY shape', database, table)), ' UNION ALL ')
    FROM system.columns
    WHERE name = 'shape' AND (database, table) IN (SELECT database, name FROM system.tables WHERE engine LIKE '%MergeTree')")
  site sql -e "
    SELECT concat('relations: ', toString(count()), ' in ', arrayStringConcat(arraySort(groupUniqArray(database)), ', '))
      FROM system.tables WHERE database IN ('xapi', 'openedx', 'event_sink', 'reporting');
    SELECT concat('migrations: Alembic ', max(version_num)) FROM xapi.alembic_version;
    SELECT concat('events: ', toString(count())) FROM xapi.xapi_events_all;
    SELECT concat('rows made by views in the form of aspects-dbt ', shape, ': ', toString(sum(rows)), ', in ', toString(count()), ' of them')
      FROM ($forms) GROUP BY shape ORDER BY shape"
}

everything_arrived() {
  site unload
  say "the load: $(site acknowledged)"
}
