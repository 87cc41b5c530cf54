# Flink with the job jar, and PyTorch for the GPU. CUDA comes with libtorch, the driver from the node.
# First put the archive named below, from pytorch.org, into this directory.
# docker build -f docker/train.Dockerfile -t pidstream/train:0.2.0 .
FROM debian:12.11-slim AS libtorch
RUN apt-get update \
 && apt-get install -y --no-install-recommends unzip \
 && rm -rf /var/lib/apt/lists/*
COPY docker/libtorch-shared-with-deps-2.7.1+cu128.zip /tmp/libtorch.zip
RUN unzip -q /tmp/libtorch.zip 'libtorch/lib/*' -d /opt \
 && find /opt/libtorch/lib -name '*.a' -delete

FROM flink:2.3.0-java17

# XGBoost needs libgomp.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/*

RUN mkdir -p /opt/flink/plugins/s3-fs-hadoop \
 && cp /opt/flink/opt/flink-s3-fs-hadoop-2.3.0.jar /opt/flink/plugins/s3-fs-hadoop/

COPY --from=libtorch /opt/libtorch/lib/ /opt/libtorch/lib/
COPY target/docker/lib/ /opt/flink/lib/
COPY target/pidstream-job.jar /opt/flink/usrlib/

# DJL uses this library instead of its own, with the JNI bindings for CUDA 12.8 from pytorch-jni; nothing is
# downloaded.
ENV PYTORCH_LIBRARY_PATH=/opt/libtorch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    DJL_CACHE_DIR=/tmp/djl \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

USER flink
