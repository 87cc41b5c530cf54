package io.pidstream.pipeline;

import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Inbound;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the serve job reads from.
 *
 * @param readings one source per modality, in the order of the configuration
 * @param labels labels
 * @param versions model versions
 * @param readingTime event time of the readings
 * @param labelTime event time of the labels
 */
public record ServeSources(
        List<Source<Inbound, ?, ?>> readings,
        Source<Inbound, ?, ?> labels,
        Source<ModelVersion, ?, ?> versions,
        WatermarkStrategy<Inbound> readingTime,
        WatermarkStrategy<Inbound> labelTime) {
    public ServeSources {
        readings = List.copyOf(readings);
    }
}
