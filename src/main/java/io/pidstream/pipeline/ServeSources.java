package io.pidstream.pipeline;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.ModelVersion;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the serve job reads from.
 *
 * @param readings one source per modality, in the order of the configuration
 * @param labels labels
 * @param labelsFrom the topic of the labels, or the files
 * @param versions model versions
 * @param readingTime event time of the readings
 * @param labelTime event time of the labels
 * @param initialVersions model versions that are known before the first frame
 */
public record ServeSources(
        List<Source<Inbound, ?, ?>> readings,
        Source<Inbound, ?, ?> labels,
        List<String> labelsFrom,
        Source<ModelVersion, ?, ?> versions,
        WatermarkStrategy<Inbound> readingTime,
        WatermarkStrategy<Inbound> labelTime,
        List<ModelVersion> initialVersions) {
    public ServeSources {
        readings = List.copyOf(readings);
        labelsFrom = List.copyOf(labelsFrom);
        initialVersions = List.copyOf(initialVersions);
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
