package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.mapping.Ignored;
import io.pidstream.mapping.MappingOutput;
import io.pidstream.mapping.TopicMapper;
import io.pidstream.metric.Metric;
import io.pidstream.metric.StageMetrics;
import io.pidstream.state.FormatType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps the records of a topic of others; counts those that are ignored. */
final class MappedDeserializer implements KafkaRecordDeserializationSchema<Inbound> {
    private static final long serialVersionUID = 1;

    private final MappedTopic topic;
    private final Admission admission;
    private transient TopicMapper mapper;
    private transient Map<Ignored, Counter> ignored;

    MappedDeserializer(MappedTopic topic, Admission admission) {
        this.topic = topic;
        this.admission = admission;
    }

    @Override
    public void open(InitializationContext context) {
        StageMetrics metrics = StageMetrics.of(context.getMetricGroup());
        ignored = new EnumMap<>(Ignored.class);
        for (Ignored reason : Ignored.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            ignored.put(
                    reason, metrics.labelled(Metric.REASON, name).counter(Metric.IGNORED_RECORDS));
        }
        mapper = topic.mapper(admission);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        mapper.map(InboundDeserializer.origin(record), new Output(out));
    }

    private final class Output implements MappingOutput {
        private final Collector<Inbound> out;

        Output(Collector<Inbound> out) {
            this.out = out;
        }

        @Override
        public void inbound(Inbound inbound) {
            out.collect(inbound);
        }

        @Override
        public void ignored(Ignored reason) {
            ignored.get(reason).inc();
        }
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return FormatType.of(Inbound.FORMAT);
    }
}
