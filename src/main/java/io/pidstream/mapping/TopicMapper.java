package io.pidstream.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.admit.Admission;
import io.pidstream.admit.Origin;
import io.pidstream.event.Modalities;
import io.pidstream.format.UndecodableException;
import java.util.List;

/**
 * Turns the messages of one topic into readings, labels and dead letters. Belongs to one thread.
 */
public final class TopicMapper {
    private final Modalities modalities;
    private final List<String> targets;
    private final Admission admission;
    private final MessageDecoder decoder;
    private final List<RecordMapper> mappers;

    /**
     * @param mappings the mappings of the topic, of one format
     * @param modalities the configured modalities
     * @param targets names of the configured targets
     * @param admission checks what was mapped
     * @param decoder of the messages' format
     */
    public TopicMapper(
            List<TopicMapping> mappings,
            Modalities modalities,
            List<String> targets,
            Admission admission,
            MessageDecoder decoder) {
        this.modalities = modalities;
        this.targets = List.copyOf(targets);
        this.admission = admission;
        this.decoder = decoder;
        this.mappers =
                mappings.stream()
                        .map(mapping -> new RecordMapper(mapping, modalities, targets.size()))
                        .toList();
    }

    /** Maps one Kafka record. */
    public void map(Origin origin, MappingOutput out) {
        if (origin.value() == null) {
            out.ignored(Ignored.TOMBSTONE);
            return;
        }
        try {
            JsonNode message = JsonMessages.unwrapped(decoder.decode(origin.value()));
            if (message.isNull()) {
                out.ignored(Ignored.TOMBSTONE);
            } else {
                map(message, origin, out);
            }
        } catch (UndecodableException e) {
            out.inbound(Admission.refuse(origin, e.reason(), e.getMessage()));
        }
    }

    private void map(JsonNode message, Origin origin, MappingOutput out) {
        Gathered gathered = new Gathered(modalities, targets, admission, origin, out);
        boolean accepted = false;
        for (RecordMapper mapper : mappers) {
            accepted |= map(message, mapper, origin, gathered);
        }
        if (!accepted) {
            out.ignored(Ignored.EXCLUDED);
        }
        gathered.finish();
    }

    /** Whether the mapping is for any record of the message, or has refused it. */
    private static boolean map(
            JsonNode message, RecordMapper mapper, Origin origin, Gathered gathered) {
        List<JsonNode> records;
        try {
            records = mapper.records(message);
        } catch (Mismatch e) {
            gathered.refuse(e);
            return true;
        }
        boolean accepted = records.isEmpty();
        for (int i = 0; i < records.size(); i++) {
            MappedMessage record = new MappedMessage(records.get(i), message, origin);
            if (mapper.accepts(record)) {
                accepted = true;
                gathered.at(i, records.size());
                mapper.map(record, gathered);
            }
        }
        return accepted;
    }
}
