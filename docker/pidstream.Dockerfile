# The commands and the explanation page.
# docker build -f docker/pidstream.Dockerfile -t pidstream/pidstream:0.2.0 .
FROM eclipse-temurin:17.0.16_8-jre-jammy

# XGBoost needs libgomp.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/*

COPY target/pidstream.jar /opt/pidstream/

# Any user works; its home must be writable, because 'train' and 'evaluate' unpack PyTorch there.
ENV HOME=/tmp DJL_CACHE_DIR=/tmp/djl
USER 9999:9999
WORKDIR /tmp

ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "/opt/pidstream/pidstream.jar"]
CMD ["--help"]
