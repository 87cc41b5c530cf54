package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.event.Modalities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Applies one mapping to the records of messages. Belongs to one thread. */
final class RecordMapper {
    private static final int MOST_NAMED = 8;

    private final TopicMapping mapping;
    private final List<Group> groups;
    private final Map<JsonPointer, String> only = new LinkedHashMap<>();
    private final AssetReader asset;
    private final TimeReader time;
    private final TimeReader recordedAt;

    /** In the long format: what a metric is, by its name. */
    private final Map<String, List<Place>> metrics = new TreeMap<>();

    private final Numbers numbers;
    private final JsonPointer metric;
    private final JsonPointer value;

    /**
     * The channels of one modality, or the targets.
     *
     * @param modality index; {@link MappedValue#TARGET} for the targets
     * @param size number of all its channels or targets
     */
    private record Group(
            int modality, int size, List<MappedValue> values, List<JsonPointer> paths) {
        boolean isTargets() {
            return modality == MappedValue.TARGET;
        }
    }

    private record Place(Group group, int index) {}

    RecordMapper(TopicMapping mapping, Modalities modalities, int targets) {
        this.mapping = mapping;
        this.asset = new AssetReader(mapping.asset());
        this.time = new TimeReader(mapping.time());
        this.recordedAt = new TimeReader(mapping.recordedAt());
        this.numbers = new Numbers(mapping.missing());
        this.metric = mapping.isLong() ? FieldPath.of(mapping.metric()) : null;
        this.value = mapping.isLong() ? FieldPath.of(mapping.value()) : null;
        mapping.only().forEach((field, text) -> only.put(FieldPath.of(field), text));
        this.groups = groups(mapping, modalities, targets);
        for (Group group : groups) {
            for (MappedValue mapped : group.values()) {
                metrics.computeIfAbsent(mapped.field(), name -> new ArrayList<>())
                        .add(new Place(group, mapped.index()));
            }
        }
    }

    private static List<Group> groups(TopicMapping mapping, Modalities modalities, int targets) {
        Map<Integer, List<MappedValue>> byModality = new TreeMap<>();
        for (MappedValue mapped : mapping.values()) {
            byModality.computeIfAbsent(mapped.modality(), m -> new ArrayList<>()).add(mapped);
        }
        List<Group> groups = new ArrayList<>();
        byModality.forEach(
                (modality, values) ->
                        groups.add(
                                new Group(
                                        modality,
                                        modality == MappedValue.TARGET
                                                ? targets
                                                : modalities.size(modality),
                                        values,
                                        mapping.isLong()
                                                ? List.of()
                                                : values.stream()
                                                        .map(v -> FieldPath.of(v.field()))
                                                        .toList())));
        return groups;
    }

    /** The records of a message. */
    List<JsonNode> records(JsonNode message) throws Mismatch {
        JsonNode found = message;
        if (mapping.records() != null) {
            found = message.at(FieldPath.of(mapping.records()));
            if (!found.isArray()) {
                throw Mismatch.of(mapping.records(), kind(found), "an array of records");
            }
        }
        if (!found.isArray()) {
            return List.of(found);
        }
        List<JsonNode> records = new ArrayList<>(found.size());
        found.forEach(records::add);
        return records;
    }

    /** Whether a record is one of those that this mapping is for. */
    boolean accepts(MappedMessage message) {
        for (Map.Entry<JsonPointer, String> wanted : only.entrySet()) {
            if (!message.at(wanted.getKey()).asText().equals(wanted.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Adds the values of a record; parts that do not fit are refused, the others remain. */
    void map(MappedMessage message, Gathered gathered) {
        try {
            if (!message.record().isObject()) {
                throw Mismatch.of("the record", kind(message.record()), "an object with fields");
            }
            if (mapping.isLong()) {
                mapMetric(message, gathered);
            } else {
                mapFields(message, gathered);
            }
        } catch (Mismatch e) {
            gathered.refuse(e);
        }
    }

    private void mapFields(MappedMessage message, Gathered gathered) throws Mismatch {
        Head head = null;
        for (Group group : groups) {
            if (isPresent(group, message)) {
                head = head == null ? head(message) : head;
                try {
                    add(group, head, values(group, message), gathered);
                } catch (Mismatch e) {
                    gathered.refuse(e);
                }
            }
        }
        if (head == null) {
            throw Mismatch.of(
                    "none of the mapped fields is there: expected at least one of " + fields());
        }
    }

    private static boolean isPresent(Group group, MappedMessage message) {
        for (JsonPointer path : group.paths()) {
            if (!message.at(path).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    private Double[] values(Group group, MappedMessage message) throws Mismatch {
        Double[] values = new Double[group.size()];
        for (int i = 0; i < group.paths().size(); i++) {
            MappedValue mapped = group.values().get(i);
            values[mapped.index()] = numbers.read(message.at(group.paths().get(i)), mapped.field());
        }
        return values;
    }

    private void mapMetric(MappedMessage message, Gathered gathered) throws Mismatch {
        JsonNode name = message.at(metric);
        if (!name.isValueNode() || name.isNull()) {
            throw Mismatch.of(mapping.metric(), kind(name), "the name of a metric");
        }
        List<Place> places = metrics.get(name.asText());
        if (places == null) {
            gathered.ignored(Ignored.UNMAPPED);
            return;
        }
        JsonNode found = message.at(value);
        if (found.isMissingNode()) {
            throw Mismatch.of(mapping.value(), "missing", "the value of " + name.asText());
        }
        Double number = numbers.read(found, mapping.value());
        Head head = head(message);
        for (Place place : places) {
            Double[] values = new Double[place.group().size()];
            values[place.index()] = number;
            add(place.group(), head, values, gathered);
        }
    }

    /** What the values of a record have in common. */
    private record Head(String asset, Instant time, MappedMessage message) {}

    private Head head(MappedMessage message) throws Mismatch {
        return new Head(asset.read(message), time.read(message), message);
    }

    private void add(Group group, Head head, Double[] values, Gathered gathered) throws Mismatch {
        if (!group.isTargets()) {
            gathered.reading(head.asset(), group.modality(), head.time(), values);
        } else if (!Arrays.stream(values).allMatch(v -> v == null)) {
            // Without a target there is no label, so when it was recorded does not matter.
            Instant recorded = recordedAt.read(head.message(), head.time());
            gathered.label(head.asset(), head.time(), recorded, values);
        }
    }

    private String fields() {
        List<String> fields = mapping.values().stream().map(MappedValue::field).toList();
        return fields.size() <= MOST_NAMED
                ? String.join(", ", fields)
                : String.join(", ", fields.subList(0, MOST_NAMED))
                        + " and %d more".formatted(fields.size() - MOST_NAMED);
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case STRING -> Mismatch.quote(node.asText());
            case BINARY -> "bytes";
            case NULL, NUMBER, BOOLEAN -> node.asText();
        };
    }
}
