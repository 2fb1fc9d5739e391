# The running node: how to reach into it, and what of it the machine sees.
# shellcheck shell=bash

node_running() { process_pid "$NODE_PROCESS" >/dev/null; }

need_cluster() {
  [[ -e $KIND_MARK ]] || node_running || fail 69 "there is no cluster: deploy/local/up"
}

# For verbs that only talk to an API server, which may be that of somebody else's cluster.
need_api_server() { [[ -n ${OPENEDX_OPS_KUBECONFIG:-} ]] || need_cluster; }

kubectl_program() { # nothing was built where kind or another cluster is used
  if [[ -x $BIN/kubectl ]]; then echo "$BIN/kubectl"; else echo kubectl; fi
}

cluster_kubectl() { command "$(kubectl_program)" "$@"; }

# Of a node that has ended: its pods are dead, their cgroups are still there.
remove_cgroups() {
  local hierarchy
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*/; do
    [[ ! -d $hierarchy$CGROUP ]] || wait_until 10 remove_cgroup "$hierarchy$CGROUP" || fail 75 "cannot remove $hierarchy$CGROUP"
  done
}
remove_cgroup() { find "$1" -depth -type d -exec rmdir {} +; }

inside_node() { # COMMAND...
  nsenter --target "$(process_pid "$NODE_PROCESS")" --mount --net --pid --uts --ipc -- "$@"
}

# The machine itself with the downloaded packages on top of its programs, for what it may lack (ip, openssl).
with_packages() { # COMMAND...
  # shellcheck disable=SC2016
  unshare --mount bash -euc 'mount -t overlay overlay -o "lowerdir=$1/usr:/usr" /usr; shift; exec "$@"' - "$PACKAGES/node/root" "$@"
}

# Where pods reach a server of the machine.
host_address() {
  if [[ -e $KIND_MARK ]]; then
    docker network inspect kind --format '{{range .IPAM.Config}}{{println .Gateway}}{{end}}' | grep -m1 -F .
  else
    echo "$HOST_IP"
  fi
}

load_images() { # FILE.tar...; through stdin, because the node may see another file under the same name
  local file
  for file in "$@"; do
    if [[ -e $KIND_MARK ]]; then
      kind load image-archive "$file" --name "$(<"$KIND_MARK")"
    else
      inside_node ctr -n k8s.io images import - <"$file"
    fi
  done
}

# A file that the cluster knows already, by its stamp beside it, is not loaded again.
load_once() { # FILE.tar NAME
  local mark=$CLUSTER/loaded/$2
  (
    only_one "load-$2"
    [[ $(cat "$1.stamp") != "$(cat "$mark" 2>/dev/null)" ]] || exit 0
    stage "load the image ${1##*/}" load_images "$1"
    mkdir -p "${mark%/*}"
    cp "$1.stamp" "$mark"
  )
}
