package io.pidstream.pipeline;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Score;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where the serve job writes to.
 *
 * @param versions decisions about model versions; null if there is no promotion
 * @param scores errors of predictions; null if they are not needed
 */
public record ServeSinks(
        Sink<Prediction> predictions,
        Sink<Explanation> explanations,
        Sink<Alert> alerts,
        Sink<TrainingSample> trainingSamples,
        Sink<DeadLetter> deadLetters,
        Sink<Reading> lateReadings,
        Sink<ModelVersion> versions,
        Sink<Score> scores) {}
