# What the scripts say, how they fail and how they wait. An answer goes to stdout; what happens meanwhile, to stderr. Exit codes are those of sysexits, as in the operator's workers:
# 64 wrong use, 69 what is asked is not running, 75 try again, 78 the machine lacks something, 1 everything else.
# shellcheck shell=bash

fail() { # EXIT_CODE SENTENCE
  echo "${0##*/}: $2" >&2
  exit "$1"
}

# The comment block at the top of a verb is its manual.
usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

milliseconds() { local now=$EPOCHREALTIME; echo $((${now/[.,]/} / 1000)); }

seconds_since() { # MILLISECONDS -> "12.3 s"
  local passed=$(($(milliseconds) - $1))
  printf '%d.%d s' $((passed / 1000)) $((passed % 1000 / 100))
}

# One line per stage, when it ends; what the stage itself says goes to a log that is shown when it fails.
stage() { # SENTENCE COMMAND...
  local sentence=$1 begin log status=0
  shift
  mkdir -p "$STATE/log"
  log=$STATE/log/${1##*/}.log
  begin=$(milliseconds)
  # a subshell of its own and no `||`: inside a condition bash would go on after a command that fails
  set +e
  (set -e; "$@") >"$log" 2>&1
  status=$?
  set -e
  if [[ $status != 0 ]]; then
    printf 'FAIL %7s  %s\n' "$(seconds_since "$begin")" "$sentence" >&2
    tail -n 20 "$log" | sed 's/^/     /' >&2
    fail "$status" "failed: $sentence (all of it: $log)"
  fi
  printf 'ok   %7s  %s\n' "$(seconds_since "$begin")" "$sentence" >&2
}

wait_until() { # SECONDS COMMAND...: asks every 50 ms
  local end=$(($(milliseconds) + $1 * 1000))
  shift
  until "$@" >/dev/null 2>&1; do
    (($(milliseconds) < end)) || return 1
    sleep 0.05
  done
}

# One at a time: the lock is held on file descriptor 9 until the script ends. A daemon that is started by process_daemon does not keep it.
only_one() { # NAME
  mkdir -p "$STATE/lock"
  exec 9>"$STATE/lock/$1"
  flock --wait 2 9 || { echo "${0##*/}: waiting for another one that works on '$1'" >&2; flock 9; }
}

need_root() { [[ $EUID == 0 ]] || fail 78 'needs root (namespaces, mounts, one network interface)'; }
