# Debian packages beside the system: apt resolves, downloads and verifies with a state of its own, dpkg-deb extracts.
# Nothing is installed and nothing of the system's apt changes.
# shellcheck shell=bash

# debs_extract FOLDER SUITE PACKAGE...
#   SUITE own: this machine's release; only what the machine lacks is fetched. Otherwise (sid): every library, too.
#   FOLDER/debs is kept, because a rolling suite holds only its newest version; FOLDER/root is the extracted tree.
debs_extract() {
  local folder=$1 suite=$2
  shift 2
  mkdir -p "$folder"
  if [[ -f $folder/debs/SHA256SUMS ]]; then
    (cd "$folder/debs" && sha256sum --quiet -c SHA256SUMS)
  else
    debs_download "$folder" "$suite" "$@"
  fi
  rm -rf "$folder/root" "$folder/root.part"
  # The merged-/usr layout first, so that packages which still ship /bin or /lib land in /usr.
  mkdir -p "$folder"/root.part/usr/{bin,sbin,lib,lib64}
  ln -s usr/bin usr/sbin usr/lib usr/lib64 "$folder/root.part/"
  local deb
  for deb in "$folder"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$folder/root.part"
  done
  rm -rf "$folder"/root.part/usr/share/{doc,man,locale}
  mv "$folder/root.part" "$folder/root"
}

debs_download() { # FOLDER SUITE PACKAGE...
  local folder=$1 suite=$2 apt=$1/apt
  shift 2
  command -v apt-get >/dev/null || fail 78 'needs Debian (apt-get, dpkg-deb)'
  rm -rf "$apt"
  mkdir -p "$apt"/{state/lists/partial,cache,parts} "$folder/debs/partial"
  debs_sources "$suite" >"$apt/sources.list"
  if [[ $suite == own ]]; then cp /var/lib/dpkg/status "$apt/state/status"; else : >"$apt/state/status"; fi
  debs_configuration "$apt" "$folder/debs" >"$apt/apt.conf"
  # fails here if a signature does not verify
  apt-get -qq -c "$apt/apt.conf" update
  apt-get -qq -y -c "$apt/apt.conf" install --download-only --no-upgrade "$@"
  rm -rf "$apt" "$folder/debs/partial"
  (cd "$folder/debs" && sha256sum ./*.deb >SHA256SUMS)
}

# The mirror is the machine's own, so that whatever makes it reachable here (a proxy, a local mirror) holds for us, too.
debs_sources() { # SUITE
  local codename keyring=/usr/share/keyrings/debian-archive-keyring.gpg sources
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016
  sources=$(apt-get indextargets --format '$(CREATED_BY) $(COMPONENT) $(RELEASE) $(REPO_URI)' |
    awk -v codename="$codename" '$1 == "Packages" && $2 == "main" && $3 ~ "^" codename "(-updates|-security)?$" {print $4, $3}' | sort -u)
  [[ -n $codename && -n $sources && -f $keyring ]] || fail 78 'needs a Debian whose apt has a source for its own release'
  if [[ $1 == own ]]; then
    sed "s|.*|deb [signed-by=$keyring] & main|" <<<"$sources"
  else
    awk -v codename="$codename" -v suite="$1" -v keyring="$keyring" \
      '$2 == codename {print "deb [signed-by=" keyring "] " $1 " " suite " main"; exit}' <<<"$sources"
  fi
}

# Read after the system's configuration, which may hold a proxy; #clear takes back hooks and indexes that desktops add.
debs_configuration() { # APT_FOLDER DEBS_FOLDER
  cat <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
#clear DPkg::Post-Invoke;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::Contents-deb;
Dir::Etc::SourceList "$1/sources.list";
Dir::Etc::SourceParts "$1/parts";
Dir::Etc::PreferencesParts "$1/parts";
Dir::Etc::Preferences "$1/parts/none";
Dir::State "$1/state";
Dir::State::status "$1/state/status";
Dir::Cache "$1/cache";
Dir::Cache::archives "$2";
Dir::Log "$1";
Acquire::Languages "none";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "true";
APT::Get::AllowUnauthenticated "false";
APT::Sandbox::User "root";
Debug::NoLocking "true";
CONF
}
