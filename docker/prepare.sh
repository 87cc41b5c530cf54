#!/usr/bin/env bash
# Collects the files that the images copy in target/docker: the only step that needs Maven and the network.
set -euo pipefail
cd "$(dirname "$0")/.."

mvn -q -DskipTests package
rm -rf target/docker
mkdir -p target/docker/lib
# DJL and XGBoost4J for Flink's lib/, and PyTorch for the CPU beside them.
mvn -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/docker/lib \
  -DincludeArtifactIds=api,pytorch-engine,pytorch-jni,gson,jna,commons-codec,xgboost4j_2.12,commons-logging \
  -DincludeGroupIds=ai.djl,ai.djl.pytorch,com.google.code.gson,net.java.dev.jna,commons-codec,ml.dmlc,commons-logging
mvn -q dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/docker/cpu \
  -DincludeArtifactIds=pytorch-native-cpu -DincludeGroupIds=ai.djl.pytorch
