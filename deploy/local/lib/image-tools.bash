# What builds and keeps images, each from its Go module: BuildKit, Docker's command line with buildx, the registry of the
# distribution project. No engine of Docker's is among them. Needs env.bash.
# shellcheck shell=bash
. "$LOCAL/lib/go.bash"

IMAGE_TOOLS=$BIN/image-tools          # docker, docker-buildx, buildkitd, dockerfile-frontend, registry

image_tools_ready() { image_tools_current || (only_one image-tools; image_tools_current || stage 'build BuildKit, buildx and a registry (once; about 8 minutes on 2 cores)' image_tools_build); }
image_tools_current() { [[ $(image_tools_stamp) == $(cat "$IMAGE_TOOLS/stamp" 2>/dev/null) ]]; }
image_tools_stamp() { cat "$LOCAL"/image-tools/* "$LOCAL/lib/image-tools.bash" | sha256sum; }

image_tools_build() {
  local go_folder=$BUILD/go-image-tools module
  go_ready "$go_folder"
  rm -rf "$IMAGE_TOOLS"
  mkdir -p "$IMAGE_TOOLS"
  for module in github.com/moby/buildkit/cmd/buildkitd github.com/moby/buildkit/frontend/dockerfile/cmd/dockerfile-frontend \
    github.com/docker/buildx/cmd/buildx github.com/distribution/distribution/v3/cmd/registry; do
    go_build "$LOCAL/image-tools" "$IMAGE_TOOLS/${module##*/}" '' "$module"
  done
  mv "$IMAGE_TOOLS/buildx" "$IMAGE_TOOLS/docker-buildx"
  # it names no version of Go, so Go would take it for an old one
  GOFLAGS='-gcflags=github.com/docker/cli/cmd/docker=-lang=go1.25' go_build "$LOCAL/image-tools" "$IMAGE_TOOLS/docker" '' github.com/docker/cli/cmd/docker
  image_tools_stamp >"$IMAGE_TOOLS/stamp"
  rm -rf "$go_folder"
}
