package io.pidstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** YAML files as trees. */
final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private Yaml() {}

    static List<JsonNode> documents(Path file) throws IOException {
        return documents(Files.readString(file));
    }

    /** Every document of a text; anchors are resolved. */
    static List<JsonNode> documents(String text) throws IOException {
        try (var parser = MAPPER.getFactory().createParser(text)) {
            return MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(parser).readAll().stream()
                    .filter(node -> node != null && !node.isNull())
                    .toList();
        }
    }

    static JsonNode document(Path file) throws IOException {
        return documents(file).get(0);
    }

    /** The first document with its anchors, and its {@code <<} filled in. */
    static JsonNode merged(Path file) throws IOException {
        Object loaded = new org.yaml.snakeyaml.Yaml().load(Files.readString(file));
        return MAPPER.valueToTree(loaded);
    }

    /** How one names a resource: kind/name. */
    static String name(JsonNode resource) {
        return "%s/%s"
                .formatted(
                        resource.path("kind").asText(),
                        resource.path("metadata").path("name").asText());
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.fields().forEachRemaining(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }
}
