package io.pidstream.kafka;

import io.pidstream.admit.Admission;
import io.pidstream.event.Modalities;
import io.pidstream.mapping.MessageDecoder;
import io.pidstream.mapping.MessageFormat;
import io.pidstream.mapping.TopicMapper;
import io.pidstream.mapping.TopicMapping;
import java.io.Serializable;
import java.util.List;

/**
 * A topic of others and what its records are.
 *
 * @param name name of the topic
 * @param mappings its mappings, of one format
 * @param modalities the configured modalities
 * @param targets names of the configured targets
 * @param registry has the schemas of a topic in Avro; otherwise null
 */
public record MappedTopic(
        String name,
        List<TopicMapping> mappings,
        Modalities modalities,
        List<String> targets,
        SchemaRegistry registry)
        implements Serializable {
    public MappedTopic {
        mappings = List.copyOf(mappings);
        targets = List.copyOf(targets);
    }

    /** A mapper, for one thread. */
    public TopicMapper mapper(Admission admission) {
        boolean avro = mappings.get(0).format() == MessageFormat.AVRO;
        MessageDecoder decoder = avro ? new AvroMessages(registry) : MessageDecoder.JSON;
        return new TopicMapper(mappings, modalities, targets, admission, decoder);
    }

    /** Whether it has readings. */
    public boolean hasReadings() {
        return mappings.stream().anyMatch(TopicMapping::hasReadings);
    }

    /** Whether it has labels. */
    public boolean hasLabels() {
        return mappings.stream().anyMatch(TopicMapping::hasLabels);
    }
}
