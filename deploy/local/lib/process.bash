# Which process is ours. A pid alone is worth nothing after the process has ended or the machine has restarted: a record
# also holds the start time (ticks since boot) and the boot's id, and the three together never name another process.
# shellcheck shell=bash

process_identity() { # PID -> "PID START BOOT"; fails where there is no such process or only its zombie
  local stat fields
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }"         # the name before it may hold blanks and brackets; now field 3 is fields[0]
  [[ ${fields[0]} != [ZX] ]] || return 1
  echo "$1 ${fields[19]} $(</proc/sys/kernel/random/boot_id)"
}

process_record() { # PID FILE
  process_identity "$1" >"$2.part" && mv "$2.part" "$2"
}

process_pid() { # FILE -> pid; fails unless the recorded process lives
  local recorded
  { read -r recorded <"$1"; } 2>/dev/null || return 1
  [[ -n $recorded && $(process_identity "${recorded%% *}") == "$recorded" ]] && echo "${recorded%% *}"
}

# A daemon inherits standard streams only: a lock that its starter's starter holds on another file would last as long as it.
process_daemon() { # COMMAND...; to be started with &
  local descriptor
  for descriptor in "/proc/$BASHPID/fd"/*; do
    descriptor=${descriptor##*/}
    ((descriptor < 3)) || exec {descriptor}>&-
  done
  exec setsid "$@"
}

process_gone() { ! process_pid "$1" >/dev/null; }

process_signal() { # SIGNAL FILE; no error where the process has ended already
  local pid
  pid=$(process_pid "$2") && kill "-$1" "$pid" 2>/dev/null || true
}
