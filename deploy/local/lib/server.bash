# Database servers of this machine, as many as there are names: ports, passwords, ends, Services. The verb that sources this
# has set `name`, `folder` (of this server) and `kind` (its own name, and that of the port in the Service).
# shellcheck shell=bash disable=SC2154

server_name() { # NAME: lower case, as a Service's
  [[ $1 =~ ^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$ ]] || fail 64 "'$1' is no name for a server: lower-case letters, digits and '-'"
}

locked() { only_one "$kind-$name"; }
need_folder() { [[ -e $folder/port ]] || fail 69 "there is no server $name: deploy/local/$kind $name start"; }
need_running() { process_pid "$process" >/dev/null || fail 69 "the server $name is not running: deploy/local/$kind $name start"; }

# What every server has, whatever its kind, before its first start.
server_folder() {
  mkdir -p "$folder"
  [[ -e $folder/port ]] || (only_one server-port; free_port >"$folder/port.part"; mv "$folder/port.part" "$folder/port")
  [[ -e $folder/password ]] || (umask 077; random_password >"$folder/password")
}

free_port() { # below the range from which the kernel takes ports for outgoing connections
  local port taken
  taken=" $(cat /dev/null "$SERVERS"/*/port "$CLICKHOUSES"/*/port "$OBJECT_STORES"/*/port "$BUILDERS"/*/{,registry-,mirror-,git-}port | tr '\n' ' ')$(ports_in_use)"
  for port in {23306..23999}; do
    [[ $taken == *" $port "* ]] || { echo "$port"; return; }
  done
  fail 75 'no free port between 23306 and 23999'
}

ports_in_use() { # as the kernel lists them, in hexadecimal; there is no tcp6 where IPv6 is off
  local address
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ address _; do
    [[ $address != *:* ]] || echo -n "$((16#${address##*:})) "
  done || true
}

random_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; echo; }

cluster_side() { # the machine's address on the cluster's side, while it has one
  local host
  host=$(host_address 2>/dev/null || true)
  [[ -z $host || " $(hostname -I) " != *" $host "* ]] || echo "$host"
}

end() { # SIGNAL SECONDS
  process_signal "$1" "$process"
  wait_until "$2" process_gone "$process" || fail 75 "$name does not end"
}

server_service() { # NAMESPACE SERVICE PORT: pods of NAMESPACE reach the server as SERVICE:PORT
  local host
  host=$(host_address)
  cluster_kubectl -n "$1" apply --server-side --force-conflicts --field-manager=openedx-ops-local -f - >/dev/null <<YAML
apiVersion: v1
kind: Service
metadata:
  name: $2
  labels: {app.kubernetes.io/component: machine-server}
spec:
  ports: [{name: $kind, port: $3}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: $2-of-the-machine
  labels: {kubernetes.io/service-name: $2, endpointslice.kubernetes.io/managed-by: openedx-ops-local, app.kubernetes.io/component: machine-server}
addressType: IPv4
ports: [{name: $kind, port: $(<"$folder/port")}]
endpoints: [{addresses: [$host], conditions: {ready: true}}]
YAML
  echo "$2.$1:$3 -> $host:$(<"$folder/port")"
}
