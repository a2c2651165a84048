#!/usr/bin/env bash
# Makes a base for images where there is no registry: of Debian 12 only what a service needs, unpacked and no more, as an
# archive that Jib takes for -Dimage.base=tar://FILE. Needs root and mmdebstrap.
set -euo pipefail
out="$(realpath "${1:?usage: build/base-image.sh FILE.tar}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# libstdc++ and zlib are wanted by Java and by the engine; ls and cat, of coreutils, by polyphony fetch.
mmdebstrap --quiet --variant=extract --include=base-files,libc6,libstdc++6,zlib1g,dash,coreutils \
  --customize-hook='cp "$1/usr/share/base-files/nsswitch.conf" "$1/etc/"' \
  --customize-hook='rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/locale/*' \
  bookworm "$work/layer.tar"
digest="$(sha256sum "$work/layer.tar" | cut -d' ' -f1)"
cat >"$work/config.json" <<JSON
{"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$digest"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}
JSON
echo '[{"Config":"config.json","RepoTags":["polyphony/base:12"],"Layers":["layer.tar"]}]' >"$work/manifest.json"
tar -C "$work" -cf "$out.new" manifest.json config.json layer.tar
mv "$out.new" "$out"
echo "$out"
