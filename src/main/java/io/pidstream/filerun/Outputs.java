package io.pidstream.filerun;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Score;
import io.pidstream.pipeline.ServeSinks;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What a file run writes, as records: the sinks of the job, and after it has ended the records in
 * the order of event time and asset.
 *
 * @param directory below which the files are
 */
public record Outputs(Path directory) {
    private static final Output<Prediction> PREDICTIONS =
            new Output<>(
                    "predictions",
                    EventFormats.PREDICTION,
                    p -> p.getTime().toEpochMilli(),
                    Prediction::getAsset);
    private static final Output<Explanation> EXPLANATIONS =
            new Output<>(
                    "explanations",
                    EventFormats.EXPLANATION,
                    e -> e.getTime().toEpochMilli(),
                    Explanation::getAsset);
    private static final Output<Alert> ALERTS =
            new Output<>("alerts", EventFormats.ALERT, Outputs::time, Alert::getAsset);
    private static final Output<DeadLetter> DEAD_LETTERS =
            new Output<>(
                    "dead-letters",
                    EventFormats.DEAD_LETTER,
                    DeadLetter::getOffset,
                    DeadLetter::getTopic);
    private static final Output<Reading> LATE_READINGS =
            new Output<>(
                    "late-readings",
                    EventFormats.READING,
                    r -> r.getTime().toEpochMilli(),
                    Reading::getAsset);

    /** Versions that take effect at the same time are sorted by number. */
    private static final Output<ModelVersion> VERSIONS =
            new Output<>(
                    "versions",
                    EventFormats.MODEL_VERSION,
                    v -> v.getEffectiveFrom().toEpochMilli(),
                    v -> "%019d".formatted(v.getVersion()));

    /** Only of the version that served. */
    private static final Output<Score> SCORES =
            new Output<>("scores", Score.FORMAT, Score::time, Score::asset, Score::active);

    /**
     * @param predictions whether predictions are written
     * @param versions whether model versions are written
     */
    ServeSinks sinks(boolean predictions, boolean versions) {
        return new ServeSinks(
                predictions ? PREDICTIONS.sink(directory) : new DiscardingSink<>(),
                EXPLANATIONS.sink(directory),
                ALERTS.sink(directory),
                new DiscardingSink<>(),
                DEAD_LETTERS.sink(directory),
                LATE_READINGS.sink(directory),
                versions ? VERSIONS.sink(directory) : null,
                SCORES.sink(directory));
    }

    /** When an alert was opened or, if it is, resolved. */
    private static long time(Alert alert) {
        return (alert.getResolvedAt() == null ? alert.getOpenedAt() : alert.getResolvedAt())
                .toEpochMilli();
    }

    public SortedRecords<Prediction> predictions() throws IOException {
        return new SortedRecords<>(PREDICTIONS, directory);
    }

    public SortedRecords<Explanation> explanations() throws IOException {
        return new SortedRecords<>(EXPLANATIONS, directory);
    }

    /** Every transition of every alert. */
    public SortedRecords<Alert> alerts() throws IOException {
        return new SortedRecords<>(ALERTS, directory);
    }

    /** Every state of every model version. */
    public SortedRecords<ModelVersion> versions() throws IOException {
        return new SortedRecords<>(VERSIONS, directory);
    }

    /** Per label and target, the error of the version that served. */
    public SortedRecords<Score> scores() throws IOException {
        return new SortedRecords<>(SCORES, directory);
    }

    /** In the order of the rows. */
    public SortedRecords<DeadLetter> deadLetters() throws IOException {
        return new SortedRecords<>(DEAD_LETTERS, directory);
    }

    public SortedRecords<Reading> lateReadings() throws IOException {
        return new SortedRecords<>(LATE_READINGS, directory);
    }
}
