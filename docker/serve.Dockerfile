# Flink with the job jar, and PyTorch for the CPU: for serve, and for train without a GPU.
# docker build -f docker/serve.Dockerfile -t pidstream/serve:0.2.0 .
FROM flink:2.3.0-java17

# XGBoost needs libgomp.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/*

# Checkpoints in S3; the image has the plugin, but not in the directory that Flink searches.
RUN mkdir -p /opt/flink/plugins/s3-fs-hadoop \
 && cp /opt/flink/opt/flink-s3-fs-hadoop-2.3.0.jar /opt/flink/plugins/s3-fs-hadoop/

# In order of change frequency: a new job jar is a layer of 26 MB.
COPY target/docker/cpu/ /opt/flink/lib/
COPY target/docker/lib/ /opt/flink/lib/
COPY target/pidstream-job.jar /opt/flink/usrlib/

# Where PyTorch unpacks itself (0.4 GB) when the first network is loaded.
ENV DJL_CACHE_DIR=/tmp/djl

USER flink
