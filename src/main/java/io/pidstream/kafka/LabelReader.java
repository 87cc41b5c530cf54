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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads labels outside a job, from pidstream's own topic or those of others. Belongs to one thread.
 */
public final class LabelReader {
    private final String own;
    private final ValueCodec<Label> codec;
    private final Map<String, TopicMapper> mappers;

    private LabelReader(String own, ValueCodec<Label> codec, Map<String, TopicMapper> mappers) {
        this.own = own;
        this.codec = codec;
        this.mappers = mappers;
    }

    /**
     * @param mapped topics of others; without labels in them, they are in pidstream's own topic
     */
    public static LabelReader of(KafkaSettings settings, List<MappedTopic> mapped) {
        Map<String, TopicMapper> mappers = new TreeMap<>();
        for (MappedTopic topic : mapped) {
            if (topic.hasLabels()) {
                Admission admission =
                        new Admission(topic.modalities(), topic.targets(), Clock.systemUTC());
                mappers.put(topic.name(), topic.mapper(admission));
            }
        }
        String own = new Topics(settings.prefix()).labels();
        return new LabelReader(own, ValueCodec.of(Label.class, settings, own), mappers);
    }

    /** Names of the topics. */
    public Set<String> topics() {
        return mappers.isEmpty() ? Set.of(own) : mappers.keySet();
    }

    /**
     * The labels in a record of one of the topics; one of others may have none or several.
     *
     * @throws UndecodableException if the record is not a label of pidstream; what is wrong with
     *     one of others is in the dead letters
     */
    public List<Label> read(ConsumerRecord<byte[], byte[]> record) throws UndecodableException {
        if (mappers.isEmpty()) {
            return List.of(codec.decode(record.value()));
        }
        List<Label> labels = new ArrayList<>();
        mappers.get(record.topic())
                .map(
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
