#!/usr/bin/env bash
# What Kafka, serialisation and the JVM cost: pipeline.sh [RECIPE] [EMPTY_WORK_DIRECTORY]
# Records a stream while a student learns from it, replays it for a second student, and runs the same arithmetic in one
# process without Kafka before and after the replay. Prints images per second and their ratios to the in-process loop.
set -euo pipefail
recipe="${1:-fashion-mnist-small}"
work="${2:-$(mktemp -d)}"
home="$(cd "$(dirname "$0")/.." && pwd)"
threads="$(nproc)"
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184
export MALLOC_TOP_PAD_=67108864 OPT_OUT_TRACKING=true

in_process() {
  OMP_NUM_THREADS="$threads" java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Doffline=true \
    -Dai.djl.pytorch.num_threads="$threads" \
    -cp "$(cat "$home/benchmarks/target/classpath"):$home/benchmarks/target/polyphony-benchmarks-0.1.0-SNAPSHOT.jar" \
    dev.polyphony.benchmarks.InProcessLoop "$recipe" "$work/store" 150 2>/dev/null | tail -n 1
}
field() { sed "s/.*\"$2\": *\([0-9.]*\).*/\1/" <<<"$1"; }
# A student's rate, of the table that a run ends with.
rate() { awk '$1 == "student" && $3 == "images/s" { print $2 }' "$1" | tail -n 1; }

mkdir -p "$work"
second="$work/second-student.yaml"
if [ -f "$recipe" ]; then cat "$recipe"; else "$home/polyphony" recipes show "$recipe"; fi | awk '/^[a-z]/ { part = $1 } part == "student:" && /seed:/ { sub(/seed: *[0-9]+/, "seed: 2") } { print }' >"$second"

"$home/polyphony" run "$recipe" --work "$work" >"$work/recording.log" 2>&1
before="$(in_process)"
"$home/polyphony" run "$second" --work "$work" >"$work/replay.log" 2>&1
after="$(in_process)"
grep -q 'is recorded: replaying' "$work/replay.log" || { echo "pipeline.sh: the second run did not replay" >&2; exit 1; }

part() { awk -v x="$(field "$before" "$1")" -v y="$(field "$after" "$1")" 'BEGIN { print (x + y) / 2 }'; }
awk -v perturb="$(part perturbMs)" -v teach="$(part teachMs)" -v learn="$(part learnMs)" -v evaluate="$(part evaluateMs)" \
  -v plain="$(part imagesPerSecond)" -v whole="$(part evaluatingImagesPerSecond)" \
  -v recording="$(rate "$work/recording.log")" -v replay="$(rate "$work/replay.log")" 'BEGIN {
    printf "in process, ms a step: perturb %.1f, teach %.1f, learn %.1f, evaluate %.1f\n\n", perturb, teach, learn, evaluate
    printf "               images/s   of in process   of it with evaluation\n"
    printf "in process     %8.0f\n", plain
    printf "  evaluating   %8.0f\n", whole
    printf "recording      %8.0f   %13.2f   %21.2f\n", recording, recording / plain, recording / whole
    printf "replay         %8.0f   %13.2f   %21.2f\n", replay, replay / plain, replay / whole
    printf "possible in replay        %13.2f   %21.2f\n", (perturb + teach + learn) / learn,
      (perturb + teach + learn + evaluate) / (learn + evaluate)
  }'
