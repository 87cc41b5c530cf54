package io.pidstream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modality;
import io.pidstream.format.UndecodableException;
import io.pidstream.mapping.MessageDecoder;
import io.pidstream.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The records of pidstream's own topics in JSON, in the form of {@link RecordJson}. Belongs to one
 * thread.
 */
final class JsonRecords {
    private final List<Modality> modalities;
    private final RecordJson json;

    /**
     * @param modalities in the order of the configuration; may be empty
     */
    JsonRecords(List<Modality> modalities) {
        this.modalities = modalities;
        this.json = RecordJson.ofChannels(modalities);
    }

    /** Whether records of a type can be in JSON. The others are read by pidstream only. */
    static boolean has(Class<?> type) {
        return List.of(
                        Prediction.class,
                        Explanation.class,
                        Alert.class,
                        DeadLetter.class,
                        Reading.class,
                        Label.class)
                .contains(type);
    }

    /** Whether a value is in JSON; neither form of Avro begins like an object. */
    static boolean is(byte[] value) {
        return value.length > 0 && value[0] == '{';
    }

    byte[] encode(SpecificRecordBase record) {
        return text(record).getBytes(StandardCharsets.UTF_8);
    }

    private String text(SpecificRecordBase record) {
        if (record instanceof Prediction prediction) {
            return json.prediction(prediction);
        } else if (record instanceof Explanation explanation) {
            return json.explanation(explanation);
        } else if (record instanceof Alert alert) {
            return json.alert(alert);
        } else if (record instanceof DeadLetter letter) {
            return json.deadLetter(letter);
        } else if (record instanceof Reading reading) {
            return json.reading(reading);
        } else if (record instanceof Label label) {
            return json.label(label);
        }
        throw new IllegalArgumentException(record.getClass() + " has no form in JSON");
    }

    /**
     * @throws UndecodableException naming the field and what was expected
     */
    <T extends SpecificRecordBase> T decode(byte[] value, Class<T> type)
            throws UndecodableException {
        JsonNode tree = MessageDecoder.JSON.decode(value);
        if (!tree.isObject()) {
            throw UndecodableException.bytes("the value is not an object in JSON");
        }
        ObjectNode fields = (ObjectNode) tree;
        if (type == Prediction.class) {
            prediction(fields);
        } else if (type == Explanation.class) {
            explanation(fields);
        } else if (type == Reading.class) {
            reading(fields);
        }
        return JsonToAvro.read(fields, type);
    }

    private static void prediction(ObjectNode fields) {
        details(fields);
        if (fields.get("further") instanceof ObjectNode further) {
            ArrayNode list = fields.putArray("further");
            for (Map.Entry<String, JsonNode> entry : further.properties()) {
                if (entry.getValue() instanceof ObjectNode target) {
                    details(target);
                    list.add(target.put("target", entry.getKey()));
                }
            }
        }
        if (fields.get("explanation") instanceof ObjectNode explanation) {
            explanation(explanation);
        }
    }

    /** In JSON the contributions of channels are a list, in order. */
    private static void details(ObjectNode fields) {
        if (fields.get("channels") instanceof ArrayNode list) {
            ObjectNode channels = fields.putObject("channels");
            for (JsonNode each : list) {
                channels.set(each.path("channel").asText(), each.path("contribution"));
            }
        }
    }

    private static void explanation(ObjectNode fields) {
        if (fields.get("atoms") instanceof ObjectNode atoms) {
            fields.setAll(atoms);
        }
        if (fields.get("selection") instanceof ObjectNode selection) {
            selection.set("losses", selection.path("without"));
        }
    }

    /** Values by channel, in the order of the channels. */
    private void reading(ObjectNode fields) throws UndecodableException {
        if (!fields.has("modality") && modalities.size() == 1) {
            fields.put("modality", modalities.get(0).name());
        }
        if (!(fields.get("values") instanceof ObjectNode named)) {
            return;
        }
        String name = fields.path("modality").asText();
        List<String> channels =
                modalities.stream()
                        .filter(modality -> modality.name().equals(name))
                        .findFirst()
                        .map(Modality::channels)
                        .orElse(List.of());
        for (Map.Entry<String, JsonNode> entry : named.properties()) {
            if (!channels.contains(entry.getKey())) {
                throw UndecodableException.bytes(
                        "values has %s; expected channels of %s: %s"
                                .formatted(entry.getKey(), name, String.join(", ", channels)));
            }
        }
        ArrayNode values = fields.putArray("values");
        channels.forEach(
                channel -> {
                    JsonNode value = named.get(channel);
                    values.add(value == null ? NullNode.getInstance() : value);
                });
    }
}
