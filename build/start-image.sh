#!/usr/bin/env bash
# Starts an image's archive as a container would be started, without a container engine: its own files only, as its own
# user, who may write nothing but /tmp. Says how large it is and when it is ready, and ends it with SIGTERM. Needs root.
#   build/start-image.sh IMAGE.tar [ARGUMENT...]
set -euo pipefail
archive="${1:?usage: build/start-image.sh IMAGE.tar [ARGUMENT...]}"
shift
work="$(mktemp -d)"
root="$work/root"
pid=
end() {
  [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  rm -rf "$work"
}
trap end EXIT

mkdir "$work/image" "$root"
tar -xf "$archive" -C "$work/image"
field() { python3 -c "import json,sys; print(*eval('json.load(open(sys.argv[1]))' + sys.argv[2]), sep='\n')" "$work/image/$1" "$2"; }
field manifest.json "[0]['Layers']" | while read -r layer; do tar --warning=no-unknown-keyword -xf "$work/image/$layer" -C "$root"; done
mapfile -t environment < <(field config.json "['config']['Env']")
mapfile -t entrypoint < <(field config.json "['config']['Entrypoint']")
user="$(field config.json "['config']['User'].split()")"
folder="$(field config.json "['config']['WorkingDir'].split()")"
echo "packed $(stat -c %s "$archive" | numfmt --to=si), unpacked $(du -s --block-size=1 "$root" | cut -f1 | numfmt --to=si)"
[ "$user" != 0:0 ] && [ "${user%%:*}" -gt 0 ]
# As a container engine does. A machine that does not know its own name waits for one; without a source of randomness
# Java makes its own, for eight seconds.
device() { [ -e "$root/dev/$1" ] || mknod -m 666 "$root/dev/$1" c 1 "$2"; }
device null 3
device random 8
device urandom 9
cp /etc/resolv.conf "$root/etc/"
echo "127.0.0.1 localhost $(hostname)" >"$root/etc/hosts"
mount -t proc proc "$root/proc" 2>/dev/null || echo "no /proc in there: not allowed to mount"

touch "$work/begun"
begin="$(date +%s%N)"
# shellcheck disable=SC2016
env -i "${environment[@]}" chroot --userspec="$user" "$root" /bin/sh -c 'cd "$0" && exec "$@"' \
  "$folder" "${entrypoint[@]}" --polyphony.port-file=/tmp/port --server.port=0 "$@" >"$work/log" 2>&1 &
pid=$!
ready() {
  [ -s "$root/tmp/port" ] && curl -sf "http://127.0.0.1:$(cat "$root/tmp/port")/actuator/health/readiness" >/dev/null
}
until ready; do
  kill -0 "$pid" 2>/dev/null || { tail -n 20 "$work/log"; echo "ended before it was ready"; pid=; exit 1; }
  [ $(($(date +%s%N) - begin)) -lt 120000000000 ] || { cat "$work/log"; echo "not ready after 120 s"; exit 1; }
  sleep 0.05
done
echo "ready after $((($(date +%s%N) - begin) / 1000000)) ms"
grep -q 'classes.jsa' "/proc/$pid/maps" || { echo "does not use its archive of classes"; exit 1; }
written="$(find "$root" -xdev -newer "$work/begun" -type f -printf '/%P\n')"
! grep -v '^/tmp/' <<<"$written" || { echo "wrote outside of /tmp"; exit 1; }
! grep -q 'libtorch' <<<"$written" || { echo "unpacked its native libraries again"; exit 1; }
kill -TERM "$pid"
status=0
wait "$pid" || status=$?
pid=
[ "$status" = 143 ] || { cat "$work/log"; echo "exit status $status on SIGTERM instead of 143"; exit 1; }
echo "ended on SIGTERM"
