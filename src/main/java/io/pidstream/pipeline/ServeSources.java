package io.pidstream.pipeline;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.ModelVersion;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the serve job reads from.
 *
 * @param readings one source per modality, in the order of the configuration; none if they are in
 *     mapped topics
 * @param labels labels; null if they are in mapped topics
 * @param labelsFrom the topics of the labels, or the files
 * @param versions model versions
 * @param readingTime event time of the readings
 * @param labelTime event time of the labels
 * @param initialVersions model versions that are known before the first frame
 * @param mapped topics of others
 * @param actions what is done about alerts; null for nothing, as in a run over a file
 */
public record ServeSources(
        List<Source<Inbound, ?, ?>> readings,
        Source<Inbound, ?, ?> labels,
        List<String> labelsFrom,
        Source<ModelVersion, ?, ?> versions,
        WatermarkStrategy<Inbound> readingTime,
        WatermarkStrategy<Inbound> labelTime,
        List<ModelVersion> initialVersions,
        List<Mapped> mapped,
        Source<AlertAction, ?, ?> actions) {
    public ServeSources {
        readings = List.copyOf(readings);
        labelsFrom = List.copyOf(labelsFrom);
        initialVersions = List.copyOf(initialVersions);
        mapped = List.copyOf(mapped);
    }

    /**
     * A topic of others.
     *
     * @param topic name of the topic
     * @param source readings, labels, or both
     * @param time event time of its records
     * @param hasReadings whether it has readings
     * @param hasLabels whether it has labels
     */
    public record Mapped(
            String topic,
            Source<Inbound, ?, ?> source,
            WatermarkStrategy<Inbound> time,
            boolean hasReadings,
            boolean hasLabels) {}

    /** Without topics of others and without actions. */
    public ServeSources(
            List<Source<Inbound, ?, ?>> readings,
            Source<Inbound, ?, ?> labels,
            List<String> labelsFrom,
            Source<ModelVersion, ?, ?> versions,
            WatermarkStrategy<Inbound> readingTime,
            WatermarkStrategy<Inbound> labelTime,
            List<ModelVersion> initialVersions) {
        this(
                readings,
                labels,
                labelsFrom,
                versions,
                readingTime,
                labelTime,
                initialVersions,
                List.of(),
                null);
    }

    /** Without model versions before the first frame. */
    public ServeSources(
            List<Source<Inbound, ?, ?>> readings,
            Source<Inbound, ?, ?> labels,
            List<String> labelsFrom,
            Source<ModelVersion, ?, ?> versions,
            WatermarkStrategy<Inbound> readingTime,
            WatermarkStrategy<Inbound> labelTime) {
        this(readings, labels, labelsFrom, versions, readingTime, labelTime, List.of());
    }
}
