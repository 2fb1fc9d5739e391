# How Go compiles here: GOCACHE, GOMODCACHE, GOPATH and GOTMPDIR are honoured where they are set; otherwise they lie in the folder.
# shellcheck shell=bash

go_ready() { # FOLDER: for what is not set
  command -v go >/dev/null || fail 78 'needs Go 1.25 or newer on PATH'
  mkdir -p "$BIN" "$1"/{tmp,config}
  GOENV=$(go env GOENV)      # the user's proxy settings lie in it; asked before XDG_CONFIG_HOME moves away from it
  export GOENV GOCACHE=${GOCACHE:-$1/cache} GOMODCACHE=${GOMODCACHE:-$1/modules}
  export GOPATH=${GOPATH:-$1/path} GOTMPDIR=${GOTMPDIR:-$1/tmp} GOWORK=off CGO_ENABLED=0
  export XDG_CONFIG_HOME=$1/config      # Go's telemetry counters would go to ~/.config
}

# The sources may lie in a git work tree of somebody else's, which go refuses to ask for a revision.
go_build() { # FOLDER OUT LDFLAGS PACKAGE
  (cd "$1" && go build -mod=readonly -modcacherw -buildvcs=false -trimpath -ldflags "-s -w $3" -o "$2" "$4")
}
