# The ClickHouse engine (a library from npm) and the server in front of it (operator/clickhouse), each only where its inputs changed.
# shellcheck shell=bash disable=SC2034

ENGINE=$BUILD/clickhouse              # server.jar, lib/: a copy, because Maven may replace its own while a server runs
ENGINE_NPM=$PACKAGES/clickhouse       # libchdb.so, 566 MB
ENGINE_SOURCES=$REPOSITORY/operator/clickhouse
ENGINE_LIBRARY=$ENGINE_NPM/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
ENGINE_FLAGS=(-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  -Dsun.net.httpserver.nodelay=true -Dsun.net.httpserver.idleInterval=120 -Dsun.net.httpserver.drainAmount=2147483648)

engine_ready() {
  engine_current || (only_one clickhouse-engine; engine_current || engine_make)
}

engine_current() { [[ $(engine_stamp) == $(cat "$ENGINE/stamp" 2>/dev/null) ]]; }

engine_stamp() { # the same in each checkout
  (cd "$ENGINE_SOURCES" && find pom.xml engine src/main -type f -print0 | sort -z | xargs -0 sha256sum) | sha256sum
}

engine_make() {
  [[ $(uname -m) == x86_64 ]] || fail 78 'the ClickHouse engine exists for x86_64 only'
  cmp -s "$ENGINE_SOURCES/engine/package-lock.json" "$ENGINE_NPM/complete" || stage 'download the ClickHouse engine (once; 120 MB)' engine_download
  [[ -n ${OPENEDX_OPS_SKIP_BUILD:-} ]] || engine_jar_current || stage "build ClickHouse's HTTP server" engine_maven
  local stamp
  stamp=$(engine_stamp)
  rm -rf "$ENGINE.part"
  mkdir -p "$ENGINE.part"
  cp -r "$ENGINE_SOURCES/target/lib" "$ENGINE.part/"
  cp "$ENGINE_SOURCES"/target/clickhouse-*.jar "$ENGINE.part/server.jar"
  echo "$stamp" >"$ENGINE.part/stamp"
  rm -rf "$ENGINE"
  mv "$ENGINE.part" "$ENGINE"
}

engine_download() {
  command -v npm >/dev/null || fail 78 'needs npm on PATH'
  rm -rf "$ENGINE_NPM"
  mkdir -p "$ENGINE_NPM"
  cp "$ENGINE_SOURCES"/engine/package*.json "$ENGINE_NPM/"
  (cd "$ENGINE_NPM" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  cp "$ENGINE_SOURCES/engine/package-lock.json" "$ENGINE_NPM/complete"
}

engine_jar_current() {
  local jar=("$ENGINE_SOURCES"/target/clickhouse-*.jar)
  [[ -e ${jar[0]:-} && -d $ENGINE_SOURCES/target/lib && -z $(find "$ENGINE_SOURCES"/{pom.xml,src/main} -type f -newer "${jar[0]}" -print -quit) ]]
}

engine_maven() {
  command -v mvn >/dev/null || fail 78 'needs Maven on PATH'
  (cd "$REPOSITORY" && mvn --batch-mode -q -pl operator/clickhouse package -DskipTests)
  touch "$ENGINE_SOURCES"/target/clickhouse-*.jar
}
