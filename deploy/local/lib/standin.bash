# The stand-in images, and the names under which the cluster knows them. Needs debs.bash, engine.bash, mysql.bash.
# shellcheck shell=bash

STANDINS=$BUILD/standin               # site.tar, clickhouse.tar

standins_ready() { # built and in the cluster
  (only_one standin; standins_current || standins_make)
  load_once "$STANDINS/site.tar" standin-site
  load_once "$STANDINS/clickhouse.tar" standin-clickhouse
}

standins_current() { [[ $(standins_stamp) == $(cat "$STANDINS/site.tar.stamp" 2>/dev/null) ]]; }

standins_stamp() { # of all that the images are made from; the same in each checkout
  {
    engine_stamp
    cd "$REPOSITORY"
    find deploy/images/{pack.py,debian.bash,standin} deploy/local/lib/clickhouse-client -type f -print0 | sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-16
}

standins_make() {
  engine_ready
  mysql_installed
  ENGINE_LIBRARY=$ENGINE_LIBRARY ENGINE=$ENGINE MYSQL_ROOT=$PACKAGES/mysql/root IMAGE_CACHE=$BUILD/runner \
    stage 'build the stand-in images' "$REPOSITORY/deploy/images/standin/build" "$STANDINS"
  standins_stamp | tee "$STANDINS/site.tar.stamp" >"$STANDINS/clickhouse.tar.stamp"
}

# standin_tag IMAGE...: the stand-in under these names, as a registry would have them. A name that means it already is left alone:
# the kubelet learns of names by events, and one that vanishes and comes back at once may be missed.
standin_tag() {
  local image full source known
  known=$(inside_node ctr -n k8s.io images ls | awk '{print $1, $3}')
  for image in "$@"; do
    full=${image#docker.io/}
    case $full in
      */*) full=docker.io/$full ;;
      *) full=docker.io/library/$full ;;
    esac
    case $image in
      *clickhouse-server*) source=localhost/standin-clickhouse:1 ;;
      *) source=localhost/standin-site:1 ;;
    esac
    [[ $(digest_of "$full") == $(digest_of "$source") ]] ||
      inside_node ctr -n k8s.io images tag --force "$source" "$full" >/dev/null </dev/null
  done
}
digest_of() { awk -v name="$1" '$1 == name {print $2}' <<<"$known"; }
