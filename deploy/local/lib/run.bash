# A run on the screen: headlines, its progress as its own status tells it, approvals as a human gives them. The verb that sources
# this sets NAMESPACE, RESOURCE (as kubectl knows the kind), RUN (its name) and BEGIN.
# shellcheck shell=bash disable=SC2154

headline() { printf '\n\e[1m%s\e[0m  (%s since the start)\n' "$1" "$(seconds_since "$BEGIN")"; }
say() { printf '%s\n' "$*"; }
field() { kubectl get "$RESOURCE" "$RUN" -n "$NAMESPACE" -o jsonpath="$1"; }

apply_example() { # FOLDER FILE
  headline "kubectl apply -f examples/$1/$2"
  kubectl apply -n "$NAMESPACE" -f "$REPOSITORY/examples/$1/$2"
}

read_the_plan() {
  headline 'The plan, before anything is touched'
  live 'waiting for the plan' '{.status.plan.hash}' 'sha256:.*'
  kubectl get configmap "$RUN-plan" -n "$NAMESPACE" -o jsonpath='{.data.plan\.txt}'
}

wait_for_step() { # GATE STEP: until the gate before the step is the run's next question
  live "waiting for the gate $1" "{.status.steps[?(@.name==\"$2\")].state}" 'Waiting|Succeeded'
}

wait_for_the_end() { live 'waiting for the end' '{.status.conditions[?(@.type=="Succeeded")].status}' 'True'; }

approve() { # GATE: as a human would, with the hash of the plan that was read
  local hash given
  hash=$(field '{.status.plan.hash}')
  given=$(field '{.spec.approvals}')
  given=${given:-[]}
  given=${given%]}
  [[ $given == '[' ]] || given+=,
  headline "The gate $1 is opened for plan ${hash:0:19}…"
  kubectl patch "$RESOURCE" "$RUN" -n "$NAMESPACE" --type=merge \
    -p "{\"spec\":{\"approvals\":$given{\"gate\":\"$1\",\"planHash\":\"$hash\"}]}}"
}

show_the_end() {
  headline 'The end'
  kubectl get "$RESOURCE" -n "$NAMESPACE" -o wide
  kubectl describe "$RESOURCE" "$RUN" -n "$NAMESPACE" | sed -n '/^Status:/,$p'
}

# The bar is nothing but the resource's own status, as it changes.
live() { # SENTENCE JSONPATH PATTERN
  local reached='' phase step percent message
  until [[ $reached =~ ^($3)$ ]]; do # a watch ends now and then
    while IFS=$'\x1f' read -r reached phase step percent message; do
      bar "${phase:--}" "${step:--}" "${percent:-0}" "${message:-$1}"
      [[ $phase != Blocked ]] || { echo; kubectl describe "$RESOURCE" "$RUN" -n "$NAMESPACE"; fail 1 "the run is blocked: $message"; }
      [[ ! $reached =~ ^($3)$ ]] || break
    done < <(exec kubectl get "$RESOURCE" "$RUN" -n "$NAMESPACE" --watch -o jsonpath="$(lines "$2" \
      .status.phase .status.summary.step .status.progress.percent .status.summary.message)")
    kill $! 2>/dev/null || true
  done
  echo
}
lines() { # JSONPATH OF A LINE...: fields with a separator that no field has
  printf '%s' "$1"
  shift
  printf '{"\x1f"}{%s}' "$@"
  printf '{"\\n"}'
}

bar() { # PHASE STEP PERCENT MESSAGE
  [[ $3 =~ ^[0-9]+$ ]] || set -- "$1" "$2" 0 "$4"
  local filled=$(($3 * 30 / 100)) width
  width=$(tput cols 2>/dev/null || echo 120)
  local line
  line=$(printf '%-17s %-20s [%s%s] %3d%%  %s' "$1" "$2" \
    "$(printf '%*s' "$filled" '' | tr ' ' '#')" "$(printf '%*s' $((30 - filled)) '' | tr ' ' '.')" "$3" "$4")
  if [[ -t 1 ]]; then
    printf '\r\e[K%s' "${line:0:width-1}"
  elif [[ $line != "${LAST_LINE:-}" ]]; then
    printf '%s\n' "$line"
    LAST_LINE=$line
  fi
}
