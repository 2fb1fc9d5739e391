# Ends the operator and the workers of a namespace by SIGKILL, one at a time, at random moments, as machines do.
# shellcheck shell=bash disable=SC2154

OPERATOR=app.kubernetes.io/name=openedx-ops-operator
WORKERS=app.kubernetes.io/managed-by=openedx-ops-operator

kill_at_random() { # NAMESPACE LOG: until it is ended itself; each kill is a line of the log
  local namespace=$1 log=$2 label candidates name container
  : >"$log"
  # chance is what is wanted here, not a state that could be waited for; whoever started it may have died
  while sleep "$((2 + RANDOM % 6)).$((RANDOM % 10))" && kill -0 $$; do
    # The operator less often: while it is away it starts no worker that could be killed.
    if ((RANDOM % 4)); then label=$WORKERS; else label=$OPERATOR; fi
    mapfile -t candidates < <(running "$namespace" "$label")
    ((${#candidates[@]})) || continue
    read -r name container <<<"${candidates[RANDOM % ${#candidates[@]}]}"
    if [[ $name == openedx-ops-operator-* ]]; then
      # the Deployment makes another pod at once; a container that dies again and again would be made to wait
      cluster_kubectl delete pod "$name" -n "$namespace" --grace-period=0 --force --wait=false &>/dev/null || continue
    else
      "$LOCAL/node" ctr -n k8s.io task kill -s KILL "${container##*//}" &>/dev/null || continue
    fi
    printf '%(%T)T %s\n' -1 "$name" >>"$log"
  done
}

running() { # NAMESPACE LABEL: a line "POD CONTAINER-ID" for each pod that has a running container
  cluster_kubectl get pods -n "$1" -l "$2" -o jsonpath='{range .items[*]}{.metadata.name}{"\t"}{range .status.initContainerStatuses[?(@.state.running)]}{.containerID}{" "}{end}{range .status.containerStatuses[?(@.state.running)]}{.containerID}{" "}{end}{"\n"}{end}' 2>/dev/null |
    awk 'NF > 1 {print $1, $2}'
}

killed() { # LOG
  awk '$2 ~ /^openedx-ops-operator-/ {operator++} $2 !~ /^openedx-ops-operator-/ {workers++}
    END {printf "killed at random: the operator %d times, workers %d times\n", operator, workers}' "$1"
}
