#!/usr/bin/env bash
# Renders the manifests and checks what can be checked without a cluster. Needs kubectl 1.27 or newer.
set -euo pipefail
cd "$(dirname "$0")"

fail() {
  echo "k8s/check.sh: $*" >&2
  exit 1
}

shipped=../lib/experiment/src/main/resources/recipes/fashion-mnist-small.yaml
cmp -s "$shipped" base/recipe.yaml || fail "base/recipe.yaml differs from the shipped recipe: cp $shipped k8s/base/recipe.yaml"
members=$(grep -oE '(^ensemble:|^ +size:|[{,] *size:).*' base/recipe.yaml | grep -oE '\bsize: *[0-9]+' | head -1 | grep -oE '[0-9]+')
grep -q "^  completions: $members\$" base/ensemble.yaml || fail "base/ensemble.yaml trains another number of members than the recipe's $members"

if command -v python3 >/dev/null; then
  python3 -m json.tool monitoring/pipeline.json >/dev/null || fail "monitoring/pipeline.json is not JSON"
fi

if ! command -v kubectl >/dev/null; then
  echo "k8s/check.sh: the manifests were not rendered, because kubectl is not installed (see k8s/README.md)"
  exit 0
fi
rendered=$(kubectl kustomize base) || fail "kubectl cannot render k8s/base"

count() {
  grep -cE "$1" <<<"$rendered" || true
}
expect() { # how many, what, in words
  found=$(count "$2")
  [ "$found" -eq "$1" ] || fail "expected $1 $3 in the rendering, found $found"
}
for kind in 3:Deployment 2:Job 1:Kafka 1:KafkaNodePool 2:KafkaTopic 2:ConfigMap 1:PersistentVolumeClaim; do
  expect "${kind%%:*}" "^kind: ${kind##*:}\$" "${kind##*:}"
done
expect 5 '^ *image: polyphony/[a-z-]+:[0-9]+\.[0-9]+\.[0-9]+$' "images of a stated version"
expect 5 '^ *image:' "images"
for line in 'runAsNonRoot: true' 'allowPrivilegeEscalation: false' 'readOnlyRootFilesystem: true' \
  'startupProbe:' 'livenessProbe:' 'readinessProbe:' 'claimName: polyphony-store' 'limits:'; do
  [ "$(count "^ +$line\$")" -ge 5 ] || fail "a pod lacks $line"
done
expect 3 '^ +- --polyphony\.linger=true$' "Deployments whose pods stay"
expect 0 '^  namespace:' "namespaces"
expect 1 '^    grafana_dashboard: "1"$' "dashboards"
echo "k8s/check.sh: the manifests render"
