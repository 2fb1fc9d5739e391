# Images of this machine's Debian release with Python, made without Docker. Needs say.bash and debs.bash.
# shellcheck shell=bash

# debian_base FOLDER: root/ with Python, a shell and what a JVM is linked to, and layer.tar, where they are not there yet.
debian_base() {
  local stamp
  stamp=$(sha256sum <"${BASH_SOURCE[0]}")
  [[ $stamp != "$(cat "$1/layer.tar.stamp" 2>/dev/null)" ]] || return 0
  rm -rf "$1"
  local codename
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  debs_extract "$1" "$codename" python3 python3-venv libstdc++6 zlib1g bash dash coreutils findutils grep sed ca-certificates netbase
  mkdir -p "$1"/root/{etc/ssl/certs,tmp,proc,dev,sys,opt,root,run,var/tmp}
  chmod 1777 "$1"/root/{tmp,var/tmp}
  [[ -e $1/root/usr/bin/sh ]] || ln -s dash "$1/root/usr/bin/sh"
  # what the packages' scripts would do
  cat "$1"/root/usr/share/ca-certificates/mozilla/*.crt >"$1/root/etc/ssl/certs/ca-certificates.crt"
  printf 'root:x:0:0:root:/root:/bin/bash\nnonroot:x:65532:65532::/tmp:/usr/sbin/nologin\n' >"$1/root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' >"$1/root/etc/group"
  echo 'hosts: files dns' >"$1/root/etc/nsswitch.conf"
  : >"$1/root/etc/resolv.conf"
  : >"$1/root/etc/hosts"
  rm -rf "$1"/root/usr/share/{bash-completion,lintian,zoneinfo-icu,pixmaps,applications} "$1"/root/usr/lib/x86_64-linux-gnu/{gconv,perl*}
  mkdir "$1/none"
  debian_compile "$1" "$1/none" /usr/lib/python3.11
  cp -a "$1/none/." "$1/root/"
  rm -rf "$1/none"
  "$(dirname "${BASH_SOURCE[0]}")/pack.py" --layer "$1/layer.tar.part" "$1/root"
  mv "$1/layer.tar.part" "$1/layer.tar"
  echo "$stamp" >"$1/layer.tar.stamp"
}

# debian_run BASE LAYER COMMAND...: in a chroot of both, with the machine's network, certificates and pip configuration;
# what the command writes lands in LAYER, but for /tmp.
# shellcheck disable=SC2016
debian_run() {
  local base=$1 layer=$2
  shift 2
  mkdir -p "$layer.work" "$layer.root"
  unshare --mount bash -euc '
    base=$1 layer=$2 root=$2.root
    shift 2
    mount -t overlay overlay -o "lowerdir=$base/root,upperdir=$layer,workdir=$layer.work" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    mount --bind /etc/ssl "$root/etc/ssl"
    mount --bind /etc/resolv.conf "$root/etc/resolv.conf"
    mount --bind /etc/hosts "$root/etc/hosts"
    cat /etc/pip.conf ~/.config/pip/pip.conf ~/.pip/pip.conf >"$root/tmp/pip.conf" 2>/dev/null || true
    exec chroot "$root" /usr/bin/env HOME=/tmp PIP_CONFIG_FILE=/tmp/pip.conf PATH=/usr/local/bin:/usr/bin:/bin "$@"
  ' - "$base" "$layer" "$@"
  rm -rf "$layer.work"
  rmdir "$layer.root"
}

# debian_venv BASE LAYER FOLDER REQUIREMENT...: an environment of Python's own kind at FOLDER of the image.
debian_venv() {
  local base=$1 layer=$2 folder=$3
  shift 3
  debian_run "$base" "$layer" python3 -m venv "$folder"
  debian_run "$base" "$layer" "$folder/bin/pip" install --quiet --no-compile --no-cache-dir "$@"
  debian_compile "$base" "$layer" "$folder"
}

# An image stores 0 as the time of every file, and no one may write into it: compiled code that names its source's time would
# be made anew at every start.
debian_compile() { # BASE LAYER FOLDER
  debian_run "$1" "$2" python3 -m compileall -q --invalidation-mode unchecked-hash "$3" || true    # some packages ship templates that end in .py
}
