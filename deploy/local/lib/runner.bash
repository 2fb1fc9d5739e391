# Runner images (Tutor, the Aspects plugin, kubectl) and Tutor itself out of them, for use on the machine.
# shellcheck shell=bash

RUNNERS=$BUILD/runner                 # debian/, TUTOR-ASPECTS/ unpacked, TUTOR-ASPECTS.tar

runner_image() { echo "localhost/openedx-ops-runner:$1-$2"; }
runner_tar() { echo "$RUNNERS/$1-$2.tar"; }

runner_ready() { # TUTOR ASPECTS
  local tar stamp
  tar=$(runner_tar "$1" "$2")
  stamp=$(cat "$REPOSITORY"/deploy/images/{pack.py,debian.bash,runner/*} | sha256sum | cut -c1-16)
  [[ $stamp != "$(cat "$tar.stamp" 2>/dev/null)" ]] || return 0
  need_root
  (
    only_one runner
    [[ $stamp != "$(cat "$tar.stamp" 2>/dev/null)" ]] || exit 0
    IMAGE_NAME=$(runner_image "$1" "$2") IMAGE_CACHE=$RUNNERS KUBECTL=$(kubectl_program) \
      stage "build the runner image of Tutor $1 and Aspects $2" "$REPOSITORY/deploy/images/runner/build" "$1" "$2" "$tar"
    echo "$stamp" >"$tar.stamp"
  )
}

# runner_run TUTOR ASPECTS ROOT COMMAND...: a command out of the runner image, on the machine: ROOT is Tutor's folder, kubectl and
# Tutor talk to the local cluster.
# shellcheck disable=SC2016
runner_run() {
  local pair=$RUNNERS/$1-$2 root=$3
  shift 3
  mkdir -p "$RUNNERS/root"
  unshare --mount bash -euc '
    debian=$1 pair=$2 folder=$3 kubeconfig=$4 root=$5
    shift 5
    mount -t overlay overlay -o "lowerdir=$pair:$debian/root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    mount --bind "$folder" "$root/openedx-ops/tutor"
    mkdir "$root/tmp/.kube"
    cp "$kubeconfig" "$root/tmp/.kube/config"
    exec chroot "$root" /usr/bin/env -i HOME=/tmp LC_ALL=C.UTF-8 PYTHONPATH=/opt/runner TUTOR_ROOT=/openedx-ops/tutor \
      TUTOR_PLUGINS_ROOT=/opt/runner/plugins PATH=/usr/local/bin:/usr/bin:/bin "$@"
  ' - "$RUNNERS/debian" "$pair" "$root" "$KUBECONFIG" "$RUNNERS/root" "$@"
}
