package io.pidstream.pipeline;

import io.pidstream.avro.ModelVersion;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the train job writes to.
 *
 * @param versions candidates, and versions that were rejected after training
 */
public record TrainSinks(Sink<ModelVersion> versions) {}
