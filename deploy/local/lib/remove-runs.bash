# Runs of a namespace that is to go.
# shellcheck shell=bash disable=SC2154

# Before the namespace: the operator, which has to finish with them, would go with it.
remove_runs() { # RESOURCE
  local run
  # a cluster that knows no such kind has no run of it
  { cluster_kubectl -n "$namespace" get "$1" -o name 2>/dev/null || true; } | while read -r run; do
    cluster_kubectl -n "$namespace" delete "$run" --timeout=30s ||
      cluster_kubectl -n "$namespace" patch "$run" --type=merge -p '{"metadata":{"finalizers":null}}'
  done
}
