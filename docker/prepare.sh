#!/usr/bin/env bash
# Collects the files that the images copy in target/docker: the only step that needs Maven and the network.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -DskipTests package
rm -rf target/docker
mkdir -p target/docker/lib
# DJL for Flink's lib/, and PyTorch for the CPU beside it.
mvn -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/docker/lib \
  -DincludeArtifactIds=api,pytorch-engine,pytorch-jni,gson,jna,commons-codec \
  -DincludeGroupIds=ai.djl,ai.djl.pytorch,com.google.code.gson,net.java.dev.jna,commons-codec
mvn -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/docker/cpu \
  -DincludeArtifactIds=pytorch-native-cpu -DincludeGroupIds=ai.djl.pytorch
