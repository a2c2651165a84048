#!/usr/bin/env bash
# Makes the images' base without a registry: Debian 12's smallest system as an archive that Jib takes for
# -Dimage.base=tar://FILE. Needs root and debootstrap.
set -euo pipefail
out="$(realpath "${1:?usage: build/base-image.sh FILE.tar}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

debootstrap --variant=minbase bookworm "$work/root" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/* "$work"/root/usr/share/{doc,man,info,locale}/* \
  "$work"/root/{dev,proc,sys,tmp}/*
mkdir "$work/image"
tar -C "$work/root" --numeric-owner --sort=name -cf "$work/image/layer.tar" .
digest="$(sha256sum "$work/image/layer.tar" | cut -d' ' -f1)"
cat >"$work/image/config.json" <<JSON
{"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]},
 "rootfs":{"type":"layers","diff_ids":["sha256:$digest"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}
JSON
echo '[{"Config":"config.json","RepoTags":["polyphony/base:12"],"Layers":["layer.tar"]}]' >"$work/image/manifest.json"
tar -C "$work/image" -cf "$out.new" manifest.json config.json layer.tar
mv "$out.new" "$out"
echo "$out"
