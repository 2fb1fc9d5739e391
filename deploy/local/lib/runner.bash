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

# The same with Docker's command line and buildx, which a site adds that has its images built. Needs image-tools.bash.
runner_docker_ready() { # TUTOR ASPECTS
  local tar=$RUNNERS/$1-$2-docker.tar stamp layer=$RUNNERS/docker
  runner_ready "$1" "$2"
  image_tools_ready
  stamp=$({ cat "$(runner_tar "$1" "$2").stamp"; image_tools_stamp; } | sha256sum | cut -c1-16)
  (
    only_one runner
    [[ $stamp != "$(cat "$tar.stamp" 2>/dev/null)" ]] || exit 0
    mkdir -p "$layer"/usr/{bin,libexec/docker/cli-plugins}
    cp -f "$IMAGE_TOOLS/docker" "$layer/usr/bin/"
    cp -f "$IMAGE_TOOLS/docker-buildx" "$layer/usr/libexec/docker/cli-plugins/"
    stage "pack the runner image of Tutor $1 and Aspects $2 with docker" "$REPOSITORY/deploy/images/pack.py" \
      "$(runner_image "$1" "$2")-docker" "$tar" "$RUNNERS/debian/layer.tar" "$RUNNERS/$1-$2" "$layer" --user 65532:65532 \
      --env LC_ALL=C.UTF-8 --env PYTHONPATH=/opt/runner --env TUTOR_PLUGINS_ROOT=/opt/runner/plugins
    echo "$stamp" >"$tar.stamp"
  )
}

# runner_run TUTOR ASPECTS ROOT COMMAND...: a command out of the runner image, on the machine: ROOT is Tutor's folder, kubectl and
# Tutor talk to the local cluster. Docker's command line is there where ROOT/docker is, the folder of its configuration.
# shellcheck disable=SC2016
runner_run() {
  local pair=$RUNNERS/$1-$2 root=$3 builder=()
  shift 3
  if [[ -d $root/docker ]]; then
    pair=$RUNNERS/docker:$pair
    builder=(env DOCKER_CONFIG=/openedx-ops/tutor/docker BUILDX_BUILDER="${BUILDX_BUILDER:-}")
  fi
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
  ' - "$RUNNERS/debian" "$pair" "$root" "$KUBECONFIG" "$RUNNERS/root" "${builder[@]}" "$@"
}
