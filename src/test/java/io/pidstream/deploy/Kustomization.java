package io.pidstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As much of kustomize as {@code deploy/kubernetes} uses: resources, components, namespace, labels
 * of resources, patches that merge (lists are replaced, as in custom resources) or that are lists
 * of operations, and ConfigMaps of files, whose names get a fixed ending instead of a hash. What it
 * does not know fails.
 */
final class Kustomization {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH = "-hash";
    private static final Set<String> KNOWN =
            Set.of(
                    "apiVersion",
                    "kind",
                    "namespace",
                    "resources",
                    "components",
                    "configMapGenerator",
                    "configurations",
                    "labels",
                    "patches");
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");

    private final List<ObjectNode> resources = new ArrayList<>();

    private Kustomization() {}

    static List<ObjectNode> render(Path directory) throws IOException {
        Kustomization kustomization = new Kustomization();
        kustomization.add(directory);
        kustomization.renameConfigMaps();
        return kustomization.resources;
    }

    private void add(Path directory) throws IOException {
        JsonNode file = Yaml.document(directory.resolve("kustomization.yaml"));
        file.fieldNames()
                .forEachRemaining(
                        key ->
                                require(
                                        KNOWN.contains(key),
                                        directory + ": " + key + " is unknown"));
        Kustomization own = new Kustomization();
        for (JsonNode resource : file.path("resources")) {
            own.addResource(directory.resolve(resource.asText()));
        }
        for (JsonNode map : file.path("configMapGenerator")) {
            own.addConfigMap(directory, map);
        }
        if (file.has("namespace")) {
            own.resources.forEach(r -> setNamespace(r, file.path("namespace").asText()));
        }
        for (JsonNode labels : file.path("labels")) {
            require(!labels.path("includeSelectors").asBoolean(), "includeSelectors is unknown");
            own.resources.forEach(
                    r ->
                            metadata(r)
                                    .withObject("/labels")
                                    .setAll((ObjectNode) labels.get("pairs")));
        }
        // A component changes what came before it, too.
        resources.addAll(own.resources);
        for (JsonNode component : file.path("components")) {
            add(directory.resolve(component.asText()));
        }
        for (JsonNode patch : file.path("patches")) {
            patch(patch);
        }
    }

    private void addResource(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            add(path);
            return;
        }
        for (JsonNode resource : Yaml.documents(path)) {
            resources.add((ObjectNode) resource);
        }
    }

    private void addConfigMap(Path directory, JsonNode generator) throws IOException {
        String name = generator.path("name").asText();
        ObjectNode map = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", name + HASH);
        ObjectNode data = map.putObject("data");
        for (JsonNode file : generator.path("files")) {
            data.put(file.asText(), Files.readString(directory.resolve(file.asText())));
        }
        resources.add(map);
    }

    /** Last of all, as a component may name one as well. */
    private void renameConfigMaps() {
        List<String> names =
                resources.stream()
                        .filter(resource -> resource.path("kind").asText().equals("ConfigMap"))
                        .map(map -> map.at("/metadata/name").asText().replace(HASH, ""))
                        .toList();
        names.forEach(name -> resources.forEach(resource -> rename(resource, name)));
    }

    /** Wherever a ConfigMap is named. */
    private static void rename(JsonNode node, String name) {
        JsonNode map = node.path("configMap");
        if (map.path("name").asText().equals(name)) {
            ((ObjectNode) map).put("name", name + HASH);
        }
        node.forEach(child -> rename(child, name));
    }

    private static void setNamespace(ObjectNode resource, String namespace) {
        if (!WITHOUT_NAMESPACE.contains(resource.path("kind").asText())) {
            metadata(resource).put("namespace", namespace);
        }
        for (JsonNode subject : resource.path("subjects")) {
            ((ObjectNode) subject).put("namespace", namespace);
        }
    }

    private static ObjectNode metadata(ObjectNode resource) {
        return (ObjectNode) resource.get("metadata");
    }

    private void patch(JsonNode patch) throws IOException {
        String target =
                "%s/%s"
                        .formatted(
                                patch.path("target").path("kind").asText(),
                                patch.path("target").path("name").asText());
        ObjectNode resource =
                resources.stream()
                        .filter(r -> Yaml.name(r).equals(target))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(target + ": none"));
        JsonNode change = Yaml.documents(patch.path("patch").asText()).get(0);
        if (change.isArray()) {
            change.forEach(operation -> apply(resource, operation));
        } else if (change.path("$patch").asText().equals("delete")) {
            resources.remove(resource);
        } else {
            merge(resource, change);
        }
    }

    private static void merge(ObjectNode target, JsonNode change) {
        for (Iterator<Map.Entry<String, JsonNode>> i = change.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> e = i.next();
            JsonNode old = target.get(e.getKey());
            if (old != null && old.isObject() && e.getValue().isObject()) {
                merge((ObjectNode) old, e.getValue());
            } else {
                target.set(e.getKey(), e.getValue());
            }
        }
    }

    private static void apply(ObjectNode resource, JsonNode operation) {
        String path = operation.path("path").asText();
        int last = path.lastIndexOf('/');
        JsonNode parent = resource.at(path.substring(0, last));
        String key = path.substring(last + 1).replace("~1", "/");
        String op = operation.path("op").asText();
        require(op.equals("add") || parent.has(key) || parent.isArray(), path + ": there is none");
        switch (op) {
            case "remove" -> ((ObjectNode) parent).remove(key);
            case "add", "replace" -> {
                if (parent instanceof ArrayNode array) {
                    array.set(Integer.parseInt(key), operation.get("value"));
                } else {
                    ((ObjectNode) parent).set(key, operation.get("value"));
                }
            }
            default -> throw new IllegalArgumentException("operation " + op + " is unknown");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
