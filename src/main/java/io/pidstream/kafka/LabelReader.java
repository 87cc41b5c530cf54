package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.format.UndecodableException;
import io.pidstream.mapping.Ignored;
import io.pidstream.mapping.MappingOutput;
import io.pidstream.mapping.TopicMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads labels outside a job, from pidstream's own topic or one of others. Belongs to one thread.
 */
public final class LabelReader {
    private final String topic;
    private final ValueCodec<Label> codec;
    private final TopicMapper mapper;

    private LabelReader(String topic, ValueCodec<Label> codec, TopicMapper mapper) {
        this.topic = topic;
        this.codec = codec;
        this.mapper = mapper;
    }

    /**
     * @param mapped topics of others; without labels in them, they are in pidstream's own topic
     */
    public static LabelReader of(KafkaSettings settings, List<MappedTopic> mapped) {
        for (MappedTopic topic : mapped) {
            if (topic.hasLabels()) {
                Admission admission =
                        new Admission(topic.modalities(), topic.targets(), Clock.systemUTC());
                return new LabelReader(topic.name(), null, topic.mapper(admission));
            }
        }
        String own = new Topics(settings.prefix()).labels();
        return new LabelReader(own, ValueCodec.of(Label.class, settings, own), null);
    }

    /** Name of the topic. */
    public String topic() {
        return topic;
    }

    /**
     * The labels in a record of the topic; one of others may have none or several.
     *
     * @throws UndecodableException if the record is not a label of pidstream; what is wrong with
     *     one of others is in the dead letters
     */
    public List<Label> read(ConsumerRecord<byte[], byte[]> record) throws UndecodableException {
        if (mapper == null) {
            return List.of(codec.decode(record.value()));
        }
        List<Label> labels = new ArrayList<>();
        mapper.map(
                InboundDeserializer.origin(record),
                new MappingOutput() {
                    @Override
                    public void inbound(Inbound inbound) {
                        if (inbound.label() != null) {
                            labels.add(inbound.label());
                        }
                    }

                    @Override
                    public void ignored(Ignored reason) {
                        // The job counts them.
                    }
                });
        return labels;
    }
}
