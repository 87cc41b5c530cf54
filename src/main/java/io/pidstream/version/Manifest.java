package io.pidstream.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of a version.
 *
 * @param formatVersion of the parameters
 * @param shape architecture, modalities, targets and sizes
 * @param seed seed of the training
 * @param configurationHash SHA-256 (hexadecimal) of the configuration for which it was trained
 * @param parent the version that training started from; null if trained from scratch
 * @param sha256 SHA-256 (hexadecimal) of the parameters
 * @param bytes length of the parameters
 * @param metrics metrics by name, errors in the target's unit
 */
public record Manifest(
        int formatVersion,
        ModelShape shape,
        long seed,
        String configurationHash,
        Long parent,
        String sha256,
        long bytes,
        Map<String, Double> metrics) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Manifest {
        metrics = new TreeMap<>(metrics);
    }

    /** As JSON, formatted for reading. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("formatVersion", formatVersion);
        json.put("architecture", shape.type());
        ArrayNode modalities = json.putArray("modalities");
        for (ModalityShape modality : shape.modalities()) {
            ObjectNode node = modalities.addObject();
            node.put("name", modality.name());
            modality.channels().forEach(node.putArray("channels")::add);
            node.put("latent", modality.latent());
        }
        shape.targets().forEach(json.putArray("targets")::add);
        shape.hidden().forEach(json.putArray("hidden")::add);
        json.put("members", shape.members());
        json.put("seed", seed);
        json.put("configurationHash", configurationHash);
        json.put("parent", parent);
        json.put("sha256", sha256);
        json.put("bytes", bytes);
        ObjectNode figures = json.putObject("metrics");
        metrics.forEach(figures::put);
        return json.toPrettyString();
    }

    /**
     * @throws ModelRefusedException naming what is wrong
     */
    public static Manifest fromJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            int version = required(json, "formatVersion").asInt();
            List<ModalityShape> modalities = new ArrayList<>();
            for (JsonNode node : required(json, "modalities")) {
                modalities.add(
                        new ModalityShape(
                                required(node, "name").asText(),
                                texts(required(node, "channels")),
                                required(node, "latent").asInt()));
            }
            List<Integer> hidden = new ArrayList<>();
            required(json, "hidden").forEach(size -> hidden.add(size.asInt()));
            Map<String, Double> metrics = new TreeMap<>();
            required(json, "metrics")
                    .fields()
                    .forEachRemaining(e -> metrics.put(e.getKey(), e.getValue().asDouble()));
            JsonNode parent = json.path("parent");
            return new Manifest(
                    version,
                    new ModelShape(
                            architecture(required(json, "architecture").asText()),
                            modalities,
                            texts(required(json, "targets")),
                            hidden,
                            required(json, "members").asInt()),
                    required(json, "seed").asLong(),
                    required(json, "configurationHash").asText(),
                    parent.isIntegralNumber() ? parent.asLong() : null,
                    required(json, "sha256").asText(),
                    required(json, "bytes").asLong(),
                    metrics);
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    "the manifest is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException("the manifest is not valid: " + e.getMessage(), e);
        }
    }

    private static String architecture(String name) {
        VersionKinds.of(name);
        return name;
    }

    private static JsonNode required(JsonNode json, String name) {
        JsonNode node = json.get(name);
        if (node == null) {
            throw new ModelRefusedException("the manifest has no " + name);
        }
        return node;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
