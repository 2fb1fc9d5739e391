# The operator's image: from the sources to a tar, each part only where its inputs changed.
# shellcheck shell=bash

OPERATOR_TAR=$BUILD/operator.tar
CONTROLLER_APP=operator/controller/target/quarkus-app
WORKER_TARGET=operator/worker/target

build_operator() { # brings OPERATOR_TAR up to date
  need_root
  only_one operator
  mkdir -p "$BUILD"
  [[ -n ${OPENEDX_OPS_SKIP_BUILD:-} ]] || jars_current || stage 'build the jars' run_maven
  local stamp
  stamp=$(operator_stamp)
  if [[ ! -e $OPERATOR_TAR || $stamp != "$(cat "$OPERATOR_TAR.stamp" 2>/dev/null)" ]]; then
    rm -f "$OPERATOR_TAR.stamp"
    stage "pack the image $OPERATOR_IMAGE" pack_operator
    echo "$stamp" >"$OPERATOR_TAR.stamp"
  fi
}

# By time stamps, as make does: the jars are made anew when a source or a pom of theirs is younger.
jars_current() {
  local jar
  for jar in "$REPOSITORY/$CONTROLLER_APP/quarkus-run.jar" "$REPOSITORY/$WORKER_TARGET"/worker-*.jar; do
    [[ -e $jar && -z $(operator_sources "$REPOSITORY" -newer "$jar" -print -quit) ]] || return 1
  done
}

run_maven() {
  command -v mvn >/dev/null || fail 78 'needs Maven on PATH'
  (cd "$REPOSITORY" && mvn --batch-mode -q -pl operator/controller,operator/worker -am package -DskipTests)
  # Maven leaves a jar alone when what was touched comes out the same; it is up to date nevertheless
  touch "$REPOSITORY/$CONTROLLER_APP/quarkus-run.jar" "$REPOSITORY/$WORKER_TARGET"/worker-*.jar
}

operator_stamp() { # of all that the image is made from; the same in each checkout
  {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1
    cd "$REPOSITORY"
    operator_inputs | sort -z | xargs -0 sha256sum
  } | sha256sum | cut -c1-16
}

# Quarkus makes other bytes of the same sources each time, so these tell whether anything changed, where the jars are made from them.
operator_inputs() {
  find deploy/images/{pack.py,operator} -type f -print0
  if jars_current; then
    operator_sources . -print0
  else
    find "$CONTROLLER_APP" "$WORKER_TARGET"/{lib,worker-*.jar} -type f -print0 2>/dev/null
  fi
}

operator_sources() { # FOLDER ACTION...
  local folder=$1
  shift
  find "$folder"/{pom.xml,crds,operator/{contract,catalog,controller,worker}} \( -path '*/src/main/*' -o -name pom.xml \) -type f "$@"
}

pack_operator() {
  IMAGE_NAME=$OPERATOR_IMAGE IMAGE_CACHE=$BUILD/operator-base "$REPOSITORY/deploy/images/operator/build" "$OPERATOR_TAR"
}
