#!/usr/bin/env python3
"""Packs folders into a container image file, without Docker and without a registry.

usage: pack.py NAME OUT.tar LAYER... [--entrypoint JSON] [--cmd JSON] [--env NAME=VALUE]... [--user UID[:GID]]

Each LAYER is a folder, or a .tar that this program wrote before (`pack.py --layer OUT.tar FOLDER`). OUT.tar has the format of
`docker save`, which containerd, Docker, Podman, kind and skopeo read. Equal input gives equal bytes: owner 0:0,
time 0, entries in the order of their names.
"""

import argparse
import hashlib
import io
import json
import os
import platform
import tarfile
import tempfile

EPOCH = "1970-01-01T00:00:00Z"
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def main():
    options = parse_arguments()
    if options.layer:
        write_layer(options.layer, options.operands[0])
        return
    name, out, *layers = options.operands
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(out))) as work:
        tars = [as_tar(layer, os.path.join(work, f"{number}.tar")) for number, layer in enumerate(layers)]
        part = os.path.join(work, "image.tar")
        write_image(part, name, tars, configuration(options))
        os.replace(part, out)


def parse_arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("operands", nargs="+")
    parser.add_argument("--layer")
    parser.add_argument("--entrypoint", type=json.loads)
    parser.add_argument("--cmd", type=json.loads)
    parser.add_argument("--env", action="append", default=[])
    parser.add_argument("--user", default="")
    options = parser.parse_args()
    if len(options.operands) < (1 if options.layer else 3):
        parser.error("NAME, OUT.tar and at least one LAYER are needed")
    return options


def configuration(options):
    found = {"Env": [PATH] + options.env, "WorkingDir": "/", "User": options.user}
    if options.entrypoint:
        found["Entrypoint"] = options.entrypoint
    if options.cmd:
        found["Cmd"] = options.cmd
    return found


def as_tar(layer, scratch):
    if not os.path.isdir(layer):
        return layer
    write_layer(scratch, layer)
    return scratch


def write_layer(out, folder):
    with tarfile.open(out, "w", format=tarfile.GNU_FORMAT) as tar:
        for path in paths_below(folder):
            tar.add(path, arcname=os.path.relpath(path, folder), recursive=False, filter=anonymous)


def paths_below(folder):
    """Every path below the folder, a parent before its children; links to folders are links, not folders."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        yield entry.path
        if entry.is_dir(follow_symlinks=False):
            yield from paths_below(entry.path)


def anonymous(entry):
    entry.mtime = entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


def write_image(out, name, layers, config):
    digests = [sha256_of_file(layer) for layer in layers]
    description = json.dumps(
        {
            "architecture": ARCHITECTURES.get(platform.machine(), platform.machine()),
            "os": "linux",
            "created": EPOCH,
            "config": config,
            "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest for digest in digests]},
            "history": [{"created": EPOCH} for _ in digests],
        },
        sort_keys=True,
    ).encode()
    description_name = hashlib.sha256(description).hexdigest() + ".json"
    inside = [digest + "/layer.tar" for digest in digests]
    manifest = [{"Config": description_name, "RepoTags": [name], "Layers": inside}]
    with tarfile.open(out, "w", format=tarfile.GNU_FORMAT) as tar:
        add_bytes(tar, description_name, description)
        add_bytes(tar, "manifest.json", json.dumps(manifest).encode())
        for layer, path in zip(layers, inside):
            with open(layer, "rb") as content:
                add(tar, path, os.path.getsize(layer), content)


def add_bytes(tar, name, content):
    add(tar, name, len(content), io.BytesIO(content))


def add(tar, name, size, content):
    entry = tarfile.TarInfo(name)
    entry.size = size
    tar.addfile(entry, content)


def sha256_of_file(path):
    digest = hashlib.sha256()
    with open(path, "rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    main()
