package io.pidstream.kafka;

import io.pidstream.format.Format;
import io.pidstream.format.UndecodableException;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of a topic that pidstream itself writes.
 *
 * <p>Tombstones are skipped. Records that cannot be decoded are counted and logged with their
 * position: a single invalid record must not fail a job for good.
 */
final class RecordDeserializer<T extends SpecificRecordBase>
        implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(RecordDeserializer.class);

    private final ValueCodec<T> codec;
    private final Format<T> format;
    private transient Counter undecodable;

    RecordDeserializer(ValueCodec<T> codec, Format<T> format) {
        this.format = format;
        this.codec = codec;
    }

    @Override
    public void open(InitializationContext context) {
        undecodable = StageMetrics.of(context.getMetricGroup()).counter(Metric.UNDECODABLE_RECORDS);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        if (record.value() == null) {
            return;
        }
        try {
            out.collect(codec.decode(record.value()));
        } catch (UndecodableException e) {
            undecodable.inc();
            LOG.error(
                    "{}: skipped: {}",
                    InboundDeserializer.origin(record).describe(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return FormatType.of(format);
    }
}
