# A site that was initialised once, for sites to come with the same pair of versions: the data of ClickHouse and MySQL, and the
# config.yml whose passwords are in both. Needs namespace, folder and root of the site.
# shellcheck shell=bash disable=SC2154

site_copy() { echo "$BUILD/site/$1-$2"; } # TUTOR ASPECTS

copied() { [[ $(copy_stamp "$@") == $(cat "$(site_copy "$@")/stamp" 2>/dev/null) ]]; }

copy_stamp() { # of all that an initialised site comes from
  { standins_stamp; cat "$(runner_tar "$@").stamp" "$LOCAL/site" "$LOCAL/lib/site-copy.bash"; } | sha256sum | cut -c1-16
}

keep_copy() { # TUTOR ASPECTS; both servers rest, or their files would be of different moments
  local copy
  copy=$(site_copy "$@")
  k scale deployment/clickhouse --replicas=0
  wait_until 60 clickhouse_rests || fail 75 'ClickHouse does not end'
  "$LOCAL/mysql" "$namespace" stop
  rm -rf "$copy" "$copy.part"
  (umask 077; mkdir -p "$copy.part")
  cp -a --reflink=auto "$folder/volumes" "$SERVERS/$namespace"/{data,password} "$root/config.yml" "$copy.part/"
  # every server makes a UUID and keys of its own
  rm -f "$copy.part/data"/{auto.cnf,*.pem}
  copy_stamp "$@" >"$copy.part/stamp"
  mv "$copy.part" "$copy"
  server
  k scale deployment/clickhouse --replicas=1
  k rollout status deployment/clickhouse --timeout=60s
}

clickhouse_rests() {
  local pods
  pods=$(k get pods -l app.kubernetes.io/name=clickhouse -o name) && [[ -z $pods ]]
}

take_copy() { # TUTOR ASPECTS
  local copy
  copy=$(site_copy "$@")
  (umask 077; mkdir -p "$SERVERS/$namespace")
  cp -a --reflink=auto "$copy"/{data,password} "$SERVERS/$namespace/"
  touch "$SERVERS/$namespace/admin"
  cp -a --reflink=auto "$copy/volumes" "$folder/"
  (umask 077; sed "s/^K8S_NAMESPACE: .*/K8S_NAMESPACE: $namespace/" "$copy/config.yml" >"$root/config.yml")
}
