package io.pidstream.pipeline;

import io.pidstream.avro.Alert;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the train job reads from.
 *
 * @param samples labelled frames
 * @param alerts alerts
 * @param versions model versions, from the beginning
 * @param pastVersions the model versions that exist when the job starts; bounded
 */
public record TrainSources(
        Source<TrainingSample, ?, ?> samples,
        Source<Alert, ?, ?> alerts,
        Source<ModelVersion, ?, ?> versions,
        Source<ModelVersion, ?, ?> pastVersions) {}
