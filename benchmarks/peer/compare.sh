#!/usr/bin/env bash
# The student's step in this program and in PyTorch for Python, alternately: compare.sh [ROUNDS] [THREADS].
# Needs Debian's python3-torch. Prints the median milliseconds of each round and their ratio.
set -euo pipefail
rounds="${1:-5}" threads="${2:-2}" steps=40
home="$(cd "$(dirname "$0")/../.." && pwd)"
if ! /usr/bin/python3 -c 'import torch' 2>/dev/null; then
  echo "compare.sh: /usr/bin/python3 has no torch; install Debian's python3-torch" >&2
  exit 2
fi
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184
export MALLOC_TOP_PAD_=67108864 OPT_OUT_TRACKING=true OMP_NUM_THREADS="$threads"
classpath="$(cat "$home/benchmarks/target/classpath"):$home/benchmarks/target/polyphony-benchmarks-0.1.0-SNAPSHOT.jar"

# The median of the second half of a round's steps: the first are warm-up.
median() { sed 's/.*\[\(.*\)\].*/\1/' | tr ', ' '\n\n' | sed '/^$/d' | tail -n $((steps / 2)) | sort -n | sed -n "$((steps / 4 + 1))p"; }

echo "round  java-ms  python-ms  java/python"
for round in $(seq "$rounds"); do
  java="$(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Doffline=true -Dai.djl.pytorch.num_threads="$threads" \
    -cp "$classpath" dev.polyphony.benchmarks.StudentStep "$steps" 2>/dev/null | grep milliseconds | median)"
  python="$(/usr/bin/python3 "$home/benchmarks/peer/student_step.py" --threads "$threads" --steps "$steps" --channels-last | median)"
  awk -v r="$round" -v j="$java" -v p="$python" 'BEGIN { printf "%5d  %7.1f  %9.1f  %11.2f\n", r, j, p, j / p }'
done
