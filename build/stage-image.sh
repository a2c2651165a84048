#!/usr/bin/env bash
# Lays out what a service's image holds beside its jars, called by the build (profile images):
#   SHARED/runtime  Java, only what the program needs; the same for all services
#   SHARED/engine   the engine's native libraries, unpacked, so that no container spends its start on it
#   STAGE/app       how to start: options, class path, and an archive of classes already parsed
set -euo pipefail

service=$1 main=$2 jar=$3 classpath=$4 stage=$5 shared=$6 flavor=$7 pytorch=$8 djl=$9
# Jib gives every file this time; the archive of classes is valid only for jars of the time it saw.
readonly time=@1

java_runtime() {
  # A half-made folder of a build that was stopped is not taken for a whole one.
  local new="$shared/runtime.new"
  rm -rf "$new"
  "$JAVA_HOME/bin/jlink" --output "$new" --strip-debug --no-header-files --no-man-pages \
    --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.naming.dns,jdk.net,jdk.zipfs
  "$new/bin/java" -Xshare:dump >/dev/null
  mv "$new" "$shared/runtime"
}

engine_libraries() {
  local new="$shared/engine.new"
  local natives="$stage/jars/pytorch-native-$flavor-$pytorch-linux-x86_64.jar"
  # The folder that the engine would unpack them into.
  local build
  build="$(unzip -p "$natives" native/lib/pytorch.properties | sed -n 's/^version=//p')"
  local folder="$new/pytorch/$build-$flavor-linux-x86_64"
  rm -rf "$new"
  mkdir -p "$folder"
  unzip -qj "$natives" "pytorch/$flavor/linux-x86_64/*" -d "$folder"
  unzip -qj "$stage/jars/pytorch-jni-$pytorch-$djl.jar" "jnilib/linux-x86_64/$flavor/libdjl_torch.so" -d "$folder"
  mv "$folder/libdjl_torch.so" "$folder/$djl-libdjl_torch.so"
  # What the CUDA natives want and do not bring; libcudart.so without a version is how the engine looks for a GPU.
  local cuda
  for cuda in "$shared"/cuda/*.jar; do
    [ -e "$cuda" ] || continue
    mkdir -p "$new/cuda"
    unzip -qj "$cuda" '*/libcudnn*.so.8' '*/libcublas.so.11' '*/libcublasLt.so.11' '*/libcudart.so.11.0' -d "$new/cuda"
    cp "$new/cuda/libcudart.so.11.0" "$new/cuda/libcudart.so"
  done
  mv "$new" "$shared/engine"
}

mkdir -p "$shared"
[ -d "$shared/runtime" ] || java_runtime
[ -d "$shared/engine" ] || engine_libraries

# The same names as in the image, from the folder that is the container's working directory: jars in libs, the service's
# own in classpath. All paths are relative, or the archive of classes would hold those of this machine.
root="$stage/root/app"
rm -rf "$stage/root"
mkdir -p "$root/libs" "$root/classpath" "$stage/engine/native/lib"
cp "$jar" "$root/classpath/"
find "$stage/jars" -name '*.jar' ! -name 'pytorch-native-*' -exec cp -t "$root/libs" {} +
# All that is read of the natives' jar once they are unpacked.
unzip -qjo "$stage/jars/pytorch-native-$flavor-$pytorch-linux-x86_64.jar" native/lib/pytorch.properties -d "$stage/engine/native/lib"
"$JAVA_HOME/bin/jar" --create --file "$root/engine.jar" -C "$stage/engine" native
find "$root" -name '*.jar' -exec touch -d "$time" {} +

cd "$root"
cat >jvm.options <<OPTIONS
-XX:MaxRAMPercentage=30
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:+ExitOnOutOfMemoryError
-Xshare:auto
-Xlog:cds=off
-Xlog:cds+dynamic=off
-Doffline=true
-cp
classpath/$(basename "$jar"):engine.jar:$(tr ':' '\n' <"$classpath" | sed 's#.*/#libs/#; /pytorch-native-/d' | paste -sd:)
OPTIONS
# A start that ends when all is wired, before it looks for a broker, a model store or a GPU.
OPT_OUT_TRACKING=true "$shared/runtime/bin/java" -XX:ArchiveClassesAtExit=classes.jsa @jvm.options \
  -Dspring.context.exit=onRefresh -Dspring.main.lazy-initialization=true \
  "$main" --polyphony.recipe=tiny --polyphony.store=none --server.port=0 >"$stage/start.log" 2>&1 || {
  cat "$stage/start.log" >&2
  echo "$service did not start once for its archive of classes" >&2
  exit 1
}
[ -s classes.jsa ] || { cat "$stage/start.log" >&2; echo "$service left no archive of classes" >&2; exit 1; }
sed -i 's/^-Xshare:auto$/&\n-XX:SharedArchiveFile=classes.jsa/' jvm.options

mkdir -p "$stage/app"
mv jvm.options engine.jar classes.jsa "$stage/app/"
