package io.pidstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shapes of Kubernetes' own kinds and of those of the Flink and Prometheus operators, as
 * published with their Java clients. Checks names of fields, types and enumerations, and that
 * nothing is unknown; not what the API server or an operator require beyond that, such as fields
 * that must be there, formats, or that names refer to something.
 */
final class ResourceSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CRD = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

    /** Beyond the newest that the published schema, of operator 1.10, lists. */
    private static final Set<String> NEWER_VERSIONS = Set.of("v2_3");

    private record Shape(JsonNode schema, JsonNode definitions) {}

    private final Map<String, Shape> shapes = new HashMap<>();
    private final JsonNode flink;

    ResourceSchemas() throws IOException {
        ClassLoader loader = ResourceSchemas.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources("schema/kube-schema.json"))) {
            JsonNode definitions = JSON.readTree(url).path("definitions");
            for (JsonNode definition : definitions) {
                String version = value(definition, "apiVersion");
                if (!version.isEmpty()) {
                    shapes.put(
                            version + " " + value(definition, "kind"),
                            new Shape(definition, definitions));
                }
            }
        }
        JsonNode crd =
                Yaml.documents(
                                new String(
                                        loader.getResourceAsStream(CRD).readAllBytes(),
                                        StandardCharsets.UTF_8))
                        .get(0);
        flink = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    }

    private static String value(JsonNode definition, String property) {
        return definition.path("properties").path(property).path("default").asText();
    }

    /** What is wrong with a resource: one line each, with the path. */
    List<String> problems(JsonNode resource) {
        String kind = resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
        Shape shape = shapes.get(kind);
        List<String> problems = new ArrayList<>();
        String name = Yaml.name(resource);
        if (kind.equals("flink.apache.org/v1beta1 FlinkDeployment")) {
            checkFlink(resource.path("spec"), name + "/spec", problems);
        } else if (kind.equals("flink.apache.org/v1beta1 FlinkBlueGreenDeployment")) {
            checkFlink(resource.at("/spec/template/spec"), name + "/spec/template/spec", problems);
        } else if (shape == null) {
            problems.add(kind + ": no schema");
        } else {
            check(resource, shape.schema(), shape, name, problems);
        }
        return problems;
    }

    private void checkFlink(JsonNode spec, String path, List<String> problems) {
        check(spec, flink, new Shape(flink, flink), path, problems);
    }

    private void check(
            JsonNode node, JsonNode schema, Shape shape, String path, List<String> problems) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText().replaceFirst(".*/", "");
            if (name.endsWith("IntOrString") || name.endsWith("Quantity")) {
                expect(node.isValueNode(), path, node, "a number or a text", problems);
            } else {
                check(node, shape.definitions().path(name), shape, path, problems);
            }
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> checkObject(node, schema, shape, path, problems);
            case "array" -> {
                expect(node.isArray(), path, node, "a list", problems);
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), schema.path("items"), shape, path + "/" + i, problems);
                }
            }
            case "string" -> checkText(node, schema, path, problems);
            case "integer" -> expect(node.isIntegralNumber(), path, node, "an integer", problems);
            case "number" -> expect(node.isNumber(), path, node, "a number", problems);
            case "boolean" -> expect(node.isBoolean(), path, node, "true or false", problems);
            default -> {
                // Anything goes.
            }
        }
    }

    private static void checkText(
            JsonNode node, JsonNode schema, String path, List<String> problems) {
        expect(node.isTextual(), path, node, "a text", problems);
        if (schema.has("enum")) {
            Set<String> known = new HashSet<>();
            schema.path("enum").forEach(one -> known.add(one.asText()));
            if (path.endsWith("/flinkVersion")) {
                known.addAll(NEWER_VERSIONS);
            }
            expect(known.contains(node.asText()), path, node, "one of " + known, problems);
        }
    }

    private void checkObject(
            JsonNode node, JsonNode schema, Shape shape, String path, List<String> problems) {
        expect(node.isObject(), path, node, "an object", problems);
        JsonNode properties = schema.path("properties");
        node.fields()
                .forEachRemaining(
                        field -> {
                            String at = path + "/" + field.getKey();
                            if (properties.has(field.getKey())) {
                                check(
                                        field.getValue(),
                                        properties.get(field.getKey()),
                                        shape,
                                        at,
                                        problems);
                            } else if (schema.path("additionalProperties").isObject()) {
                                check(
                                        field.getValue(),
                                        schema.path("additionalProperties"),
                                        shape,
                                        at,
                                        problems);
                            } else if (properties.size() > 0) {
                                problems.add(at + ": is unknown");
                            }
                        });
    }

    private static void expect(
            boolean good, String path, JsonNode node, String what, List<String> problems) {
        if (!good) {
            problems.add("%s: %s: expected %s".formatted(path, node, what));
        }
    }
}
