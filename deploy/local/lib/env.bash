# Where everything lies. Every verb sources this file first; it only sets variables and defines functions.
# shellcheck shell=bash disable=SC2034
LOCAL=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
REPOSITORY=$(cd "$LOCAL/../.." && pwd)
STATE=$(realpath -m "${OPENEDX_OPS_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/openedx-ops}")

# kept by `down --purge`: what costs time to get again
PACKAGES=$STATE/packages            # Debian packages, one set per folder: debs/ as downloaded, root/ extracted
BUILD=$STATE/build                  # bin/, images/, operator.tar, site/
# removed by `down --purge`
CLUSTER=$STATE/cluster              # conf/, pki/, data/, log/, overlay/, node.process
SERVERS=$STATE/mysql                # one folder per MySQL server
CLICKHOUSES=$STATE/clickhouse       # one folder per ClickHouse server
OBJECT_STORES=$STATE/s3             # one folder per S3 server
BUILDERS=$STATE/builder             # one folder per BuildKit with its registry
SITES=$CLUSTER/site                  # one folder per Tutor site: tutor/ (config.yml, env/), volumes/

BIN=$BUILD/bin IMAGES=$BUILD/images
CONF=$CLUSTER/conf PKI=$CLUSTER/pki DATA=$CLUSTER/data LOG=$CLUSTER/log
NODE_PROCESS=$CLUSTER/node.process
KIND_MARK=$CLUSTER/kind             # exists while the cluster is one that `kind` made
ADMIN_KUBECONFIG=$CONF/admin.kubeconfig
OPERATOR_IMAGE=localhost/openedx-ops-operator:0.1.0

case $STATE in
  # overlay mounts and command lines give them a meaning, and they are not worth escaping everywhere
  *[[:space:]:,]*) echo "${0##*/}: no blank, ':' or ',' may be in the name of the folder $STATE (see OPENEDX_OPS_HOME)" >&2; exit 78 ;;
esac

. "$LOCAL/lib/addresses.bash"
. "$LOCAL/lib/say.bash"
. "$LOCAL/lib/process.bash"
. "$LOCAL/lib/node.bash"

export PATH=$BIN:/usr/local/sbin:/usr/sbin:/sbin:$PATH
export KUBECONFIG=${OPENEDX_OPS_KUBECONFIG:-$ADMIN_KUBECONFIG}      # another one: for clusters that are not ours
export KUBECACHEDIR=$CLUSTER/kubectl-cache      # kubectl would keep its discovery cache in ~/.kube
