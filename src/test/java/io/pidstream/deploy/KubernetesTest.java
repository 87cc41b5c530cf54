package io.pidstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.testing.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The resources of {@code deploy/kubernetes} as they reach the API server. No cluster is asked:
 * that pods start, that an operator takes them, or that a network policy is enforced, is not
 * checked here; nor are Strimzi's kinds, whose schema is in no jar.
 */
class KubernetesTest {
    private static final Path OVERLAYS = Path.of("deploy/kubernetes/overlays");
    private static final Set<String> VOLUMES = Set.of("configMap", "secret", "emptyDir");

    @TempDir Path directory;

    private static ResourceSchemas schemas;

    @BeforeAll
    static void readSchemas() throws IOException {
        schemas = new ResourceSchemas();
    }

    /** A pod template and the resource that it is of. */
    private record Pod(String of, JsonNode template) {
        JsonNode spec() {
            return template.path("spec");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void everyResourceHasTheShapeThatIsPublished(String overlay) throws IOException {
        List<ObjectNode> resources = render(overlay);
        assertThat(resources).hasSizeGreaterThan(12);
        List<String> problems = new ArrayList<>();
        for (ObjectNode resource : resources) {
            if (!resource.path("apiVersion").asText().startsWith("kafka.strimzi.io/")) {
                problems.addAll(schemas.problems(resource));
            }
        }
        assertThat(problems).isEmpty();
        assertThat(resources.stream().map(Yaml::name)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsMisspelledIsFound() throws IOException {
        ObjectNode serve = named(render("small"), "FlinkDeployment/pidstream-serve");
        ((ObjectNode) serve.at("/spec/job")).put("upgradMode", "savepoint");
        ((ObjectNode) serve.at("/spec/taskManager/resource")).put("cpu", "two");
        assertThat(schemas.problems(serve))
                .containsExactlyInAnyOrder(
                        "FlinkDeployment/pidstream-serve/spec/job/upgradMode: is unknown",
                        "FlinkDeployment/pidstream-serve/spec/taskManager/resource/cpu: \"two\":"
                                + " expected a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void everyPodIsOfTheRestrictedProfile(String overlay) throws IOException {
        for (Pod pod : pods(render(overlay))) {
            JsonNode spec = pod.spec();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).as(pod.of()).isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).as(pod.of()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText())
                    .as(pod.of())
                    .isEqualTo("RuntimeDefault");
            for (String forbidden : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertThat(spec.has(forbidden)).as(pod.of()).isFalse();
            }
            for (JsonNode container : spec.path("containers")) {
                JsonNode context = container.path("securityContext");
                assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                        .as(pod.of())
                        .isFalse();
                assertThat(context.at("/capabilities/drop/0").asText())
                        .as(pod.of())
                        .isEqualTo("ALL");
            }
            for (JsonNode volume : spec.path("volumes")) {
                Set<String> types = new TreeSet<>();
                volume.fieldNames().forEachRemaining(types::add);
                types.remove("name");
                assertThat(VOLUMES).as(pod.of()).containsAll(types);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void whatResourcesReferToIsThere(String overlay) throws IOException {
        List<ObjectNode> resources = render(overlay);
        Set<String> names = new TreeSet<>(resources.stream().map(Yaml::name).toList());
        for (Pod pod : pods(resources)) {
            Set<String> volumes = new TreeSet<>();
            for (JsonNode volume : pod.spec().path("volumes")) {
                volumes.add(volume.path("name").asText());
                if (volume.has("configMap")) {
                    assertThat(names)
                            .contains("ConfigMap/" + volume.at("/configMap/name").asText());
                }
            }
            for (JsonNode mount : pod.spec().findValues("volumeMounts")) {
                mount.forEach(m -> assertThat(volumes).contains(m.path("name").asText()));
            }
            if (pod.spec().has("serviceAccountName")) {
                assertThat(names)
                        .contains(
                                "ServiceAccount/" + pod.spec().path("serviceAccountName").asText());
            }
        }
        for (JsonNode flink : flinkSpecs(resources)) {
            assertThat(names).contains("ServiceAccount/" + flink.path("serviceAccount").asText());
        }
        List<JsonNode> templates = pods(resources).stream().map(Pod::template).toList();
        for (ObjectNode resource : resources) {
            JsonNode selector =
                    resource.path("kind").asText().equals("Service")
                            ? resource.at("/spec/selector")
                            : resource.at("/spec/podSelector/matchLabels");
            if (selector.size() > 0) {
                assertThat(templates)
                        .as(Yaml.name(resource))
                        .anyMatch(
                                template ->
                                        Yaml.texts(template.at("/metadata/labels"))
                                                .entrySet()
                                                .containsAll(Yaml.texts(selector).entrySet()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void secretsAreReferredToAndNowhereWritten(String overlay) throws IOException {
        List<ObjectNode> resources = render(overlay);
        assertThat(resources.stream().map(r -> r.path("kind").asText())).doesNotContain("Secret");
        for (Pod pod : pods(resources)) {
            for (JsonNode container : pod.spec().path("containers")) {
                for (JsonNode variable : container.path("env")) {
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
                            .as(variable.toString())
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void theConfigurationIsValidAndItsSecretIsInEveryPod() throws IOException {
        List<ObjectNode> resources = render("large");
        ObjectNode map = named(resources, "ConfigMap/pidstream-config-hash");
        Path config =
                Files.writeString(
                        directory.resolve("config.yaml"), map.at("/data/config.yaml").asText());
        CommandRun run = CommandRun.of("validate", "--config", config.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("${env:PIDSTREAM_KAFKA_LOGIN}");
        assertThat(run.out()).contains("/etc/pidstream-ca/ca.crt");
        for (Pod pod : pods(resources)) {
            assertThat(pod.spec().findValuesAsText("mountPath"))
                    .contains("/etc/pidstream", "/etc/pidstream-ca");
            assertThat(pod.spec().at("/containers/0/env").findValuesAsText("name"))
                    .as(pod.of())
                    .contains("PIDSTREAM_KAFKA_LOGIN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void everyOptionOfFlinkIsOne(String overlay) throws Exception {
        FlinkOptions options = FlinkOptions.find();
        for (JsonNode flink : flinkSpecs(render(overlay))) {
            Yaml.texts(flink.path("flinkConfiguration"))
                    .forEach(
                            (key, value) ->
                                    assertThat(options.problem(key, value)).as(key).isEmpty());
            assertThat(Class.forName(flink.at("/job/entryClass").asText())).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void everyContainersWordsAreACommand(String overlay) throws IOException {
        List<ObjectNode> resources = render(overlay);
        List<JsonNode> commands = new ArrayList<>();
        flinkSpecs(resources).forEach(flink -> commands.add(flink.at("/job/args")));
        for (ObjectNode resource : resources) {
            JsonNode words = resource.at("/spec/template/spec/containers/0/args");
            if (words.size() > 0) {
                commands.add(words);
            }
        }
        assertThat(commands).hasSizeGreaterThan(2);
        for (JsonNode command : commands) {
            List<String> words = new ArrayList<>();
            command.forEach(word -> words.add(word.asText()));
            Commands.assertParses(words);
        }
    }

    /** What the tests render is what kustomize does, wherever there is one that is new enough. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "blue-green", "strimzi"})
    void kustomizeRendersTheSame(String overlay) throws Exception {
        assumeTrue(
                output("kubectl", "version", "--client").contains("Kustomize Version: v5"),
                "no kubectl with kustomize 5 here");
        String rendered =
                output("kubectl", "kustomize", OVERLAYS.resolve(overlay).toString())
                        .replaceAll("pidstream-config-[a-z0-9]{10}\\b", "pidstream-config-hash");
        assertThat(Yaml.documents(rendered)).containsExactlyInAnyOrderElementsOf(render(overlay));
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? out : "";
        } catch (IOException e) {
            // There is no such program.
            return "";
        }
    }

    private static List<ObjectNode> render(String overlay) throws IOException {
        return Kustomization.render(OVERLAYS.resolve(overlay));
    }

    private static ObjectNode named(List<ObjectNode> resources, String name) {
        return resources.stream().filter(r -> Yaml.name(r).equals(name)).findFirst().orElseThrow();
    }

    private static List<JsonNode> flinkSpecs(List<ObjectNode> resources) {
        return resources.stream()
                .flatMap(
                        resource ->
                                Stream.of(
                                        resource.path("spec"), resource.at("/spec/template/spec")))
                .filter(spec -> spec.has("flinkVersion"))
                .toList();
    }

    private static List<Pod> pods(List<ObjectNode> resources) {
        List<Pod> pods = new ArrayList<>();
        for (ObjectNode resource : resources) {
            JsonNode template = resource.at("/spec/template");
            if (template.at("/spec").has("containers")) {
                pods.add(new Pod(Yaml.name(resource), template));
            }
        }
        for (JsonNode flink : flinkSpecs(resources)) {
            pods.add(new Pod(flink.at("/job/args/1").asText(), flink.path("podTemplate")));
        }
        assertThat(pods).hasSizeGreaterThan(2);
        return pods;
    }
}
