#!/usr/bin/env bash
# A long run, watched: soak.sh RECIPE EMPTY_WORK_DIRECTORY [MINUTES]
# Starts the recipe (take one whose stream lasts longer than that), looks at its processes every 20 seconds, and stops it.
# Prints a table of medians over the first and the last third, without the first minute of each process: what leaks or
# slows down grows. Keeps every sample in EMPTY_WORK_DIRECTORY/soak.csv.
set -euo pipefail
recipe="$1"
work="$2"
minutes="${3:-30}"
home="$(cd "$(dirname "$0")/.." && pwd)"
mkdir -p "$work"
samples="$work/soak.csv"
echo "seconds,process,rssMiB,heapMiB,threads,files,lag,stageSeconds,steps" >"$samples"

"$home/polyphony" run "$recipe" --work "$work" >"$work/soak.log" 2>&1 &
run=$!
trap 'kill $run 2>/dev/null || true' EXIT

# Sum of a meter's lines whose name and labels match.
meter() { awk -v match_="$1" '$0 ~ match_ { sum += $2; found = 1 } END { if (found) printf "%.6f", sum }' "$2"; }

sample() {
  local now="$1" page
  page="$(mktemp)"
  tr ',{}' '\n\n\n' <"$work/run/pids.json" | sed -n 's/.*"\(.*\)" *: *\([0-9]*\).*/\1 \2/p' | while read -r name pid; do
    [ -r "/proc/$pid/status" ] || continue
    : >"$page"
    [ -f "$work/run/$name.port" ] &&
      curl -fs -m 5 "http://127.0.0.1:$(cat "$work/run/$name.port")/actuator/prometheus" -o "$page" 2>/dev/null || true
    echo "$now,$name,$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$pid/status"),$(
      awk '/^jvm_memory_used_bytes.*area="heap"/ { sum += $2 } END { if (sum) printf "%.1f", sum / 1048576 }' "$page"),$(
      awk '/^Threads/ { print $2 }' "/proc/$pid/status"),$(find "/proc/$pid/fd" -mindepth 1 | wc -l),$(
      meter '^polyphony_lag' "$page"),$(
      meter '^polyphony_step_time_seconds_sum.*phase="compute"' "$page"),$(
      meter '^polyphony_step_time_seconds_count.*phase="compute"' "$page")" >>"$samples"
  done
  rm -f "$page"
}

began="$SECONDS"
while [ $((SECONDS - began)) -lt $((minutes * 60)) ]; do
  sleep 20
  kill -0 "$run" 2>/dev/null || { echo "soak.sh: the run ended after $((SECONDS - began)) s; see $work/soak.log" >&2; break; }
  if [ -f "$work/run/pids.json" ]; then sample $((SECONDS - began)); fi
done

awk -F, '
  NR > 1 && !($2 in first) { first[$2] = $1; order[++processes] = $2 }
  NR > 1 && $1 > first[$2] + 60 { n = ++count[$2]; for (c = 1; c <= 9; c++) value[$2, n, c] = $c }
  function median(p, column, from, to,    i, j, n, t, a) {
    n = 0
    for (i = from; i <= to; i++) if (value[p, i, column] != "") a[++n] = value[p, i, column] + 0
    if (!n) return "-"
    for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] > t; j--) a[j + 1] = a[j]; a[j + 1] = t }
    return sprintf("%.0f", a[int((n + 1) / 2)])
  }
  function stage(p, from, to) {
    if (value[p, from, 9] == "" || value[p, to, 9] <= value[p, from, 9]) return "-"
    return sprintf("%.1f", 1000 * (value[p, to, 8] - value[p, from, 8]) / (value[p, to, 9] - value[p, from, 9]))
  }
  END {
    print "| process | minutes | steps | RSS, MiB | heap, MiB | threads | files | lag | ms a step |"
    print "|---|---|---|---|---|---|---|---|---|"
    for (k = 1; k <= processes; k++) {
      p = order[k]; n = count[p]; third = int(n / 3)
      if (third < 2) continue
      line = sprintf("| %s | %.0f | %s", p, (value[p, n, 1] - value[p, 1, 1]) / 60, value[p, n, 9] == "" ? "-" : value[p, n, 9] + 0)
      for (c = 3; c <= 7; c++) line = line " | " median(p, c, 1, third) " → " median(p, c, n - third + 1, n)
      print line " | " stage(p, 1, third) " → " stage(p, n - third + 1, n) " |"
    }
  }' "$samples"
