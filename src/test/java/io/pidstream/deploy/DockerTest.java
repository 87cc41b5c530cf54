package io.pidstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.mapping.Ignored;
import io.pidstream.mapping.MappedSamples;
import io.pidstream.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The images and the compose file, as far as they can be read: nothing is built or run here. */
class DockerTest {
    private static final Path DOCKER = Path.of("docker");

    /** MQTT to predictions, as an example. */
    private static final Path MQTT = Path.of("deploy/mqtt");

    private static final Path MONITORING = Path.of("../deploy/monitoring");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d[^ ]*");

    /** What the build and docker/prepare.sh make, and what has to be fetched by hand. */
    private static final Set<String> MADE =
            Set.of(
                    "target/pidstream.jar",
                    "target/pidstream-job.jar",
                    "target/docker/lib/",
                    "target/docker/cpu/",
                    "docker/libtorch-shared-with-deps-2.7.1+cu128.zip");

    @ParameterizedTest
    @ValueSource(strings = {"serve", "train", "pidstream"})
    void anImageIsPinnedAndNotRootsAndCopiesWhatIsMade(String image) throws IOException {
        List<String> lines = instructions(DOCKER.resolve(image + ".Dockerfile"));
        List<String> stages = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" +", -1);
            if (words[0].equals("FROM")) {
                assertThat(words[1]).matches(PINNED);
                stages.add(words[words.length - 1]);
            }
            if (words[0].equals("COPY") && words[1].startsWith("--from=")) {
                assertThat(stages).contains(words[1].substring("--from=".length()));
            } else if (words[0].equals("COPY")) {
                assertThat(MADE).contains(words[1]);
            }
            assertThat(words[0]).isNotEqualTo("ADD");
        }
        String user = lines.stream().filter(l -> l.startsWith("USER ")).reduce((a, b) -> b).get();
        assertThat(user).isNotIn("USER root", "USER 0").startsWith("USER ");
    }

    @Test
    void whatImagesCopyIsWhatTheBuildMakesAndTheContextLetsThrough() throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        String prepare = Files.readString(DOCKER.resolve("prepare.sh"));
        String context = Files.readString(Path.of(".dockerignore"));
        assertThat(build)
                .contains("<outputFile>${project.build.directory}/pidstream.jar</outputFile>")
                .contains("<outputFile>${project.build.directory}/pidstream-job.jar</outputFile>");
        assertThat(prepare)
                .contains("-DoutputDirectory=target/docker/lib")
                .contains("-DoutputDirectory=target/docker/cpu");
        assertThat(context.lines())
                .contains(
                        "*",
                        "!target/pidstream.jar",
                        "!target/pidstream-job.jar",
                        "!target/docker",
                        "!docker/*.zip");
    }

    @Test
    void theVersionsAreThoseOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        String flink = version(build, "flink.version");
        for (String image : List.of("serve", "train")) {
            assertThat(Files.readString(DOCKER.resolve(image + ".Dockerfile")))
                    .contains("FROM flink:" + flink + "-java17")
                    .contains("flink-s3-fs-hadoop-" + flink + ".jar");
        }
        assertThat(Files.readString(DOCKER.resolve("train.Dockerfile")))
                .contains("PYTORCH_VERSION=" + version(build, "pytorch.version"));
        for (Path directory : List.of(DOCKER, MQTT)) {
            assertThat(compose(directory).at("/services/kafka/image").asText())
                    .isEqualTo("apache/kafka:" + version(build, "kafka.version"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "deploy/mqtt"})
    void everyServiceIsPinnedAndRestrictedAndWaitsForWhatHasAHealthCheck(Path directory)
            throws IOException {
        JsonNode services = compose(directory).path("services");
        services.fields()
                .forEachRemaining(
                        entry -> {
                            JsonNode service = entry.getValue();
                            String name = entry.getKey();
                            assertThat(service.path("image").asText()).as(name).matches(PINNED);
                            if (!service.path("restart").asText().equals("no")) {
                                assertThat(service.at("/cap_drop/0").asText())
                                        .as(name)
                                        .isEqualTo("ALL");
                            }
                            service.path("depends_on")
                                    .fields()
                                    .forEachRemaining(on -> assertDependency(services, name, on));
                            for (JsonNode port : service.path("ports")) {
                                assertThat(port.asText()).as(name).startsWith("127.0.0.1:");
                            }
                        });
    }

    private static void assertDependency(
            JsonNode services, String name, Map.Entry<String, JsonNode> on) {
        JsonNode other = services.path(on.getKey());
        if (on.getValue().path("condition").asText().equals("service_healthy")) {
            assertThat(other.has("healthcheck")).as(name + " waits for " + on.getKey()).isTrue();
        } else {
            assertThat(other.path("restart").asText())
                    .as(name + " waits for " + on.getKey())
                    .isEqualTo("no");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "deploy/mqtt"})
    void whatIsMountedIsThere(Path directory) throws IOException {
        JsonNode compose = compose(directory);
        Path monitoring = DOCKER.resolve(MONITORING).normalize();
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().replaceFirst(":.*", "");
                if (source.startsWith(MONITORING.toString()) && Files.notExists(monitoring)) {
                    continue;
                }
                if (source.startsWith(".")) {
                    assertThat(directory.resolve(source)).exists();
                } else {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
            if (service.has("build")) {
                assertThat(Path.of(service.at("/build/dockerfile").asText())).exists();
            }
        }
    }

    @Test
    void theConfigurationsAreValid() throws Exception {
        for (Path directory : List.of(DOCKER, MQTT)) {
            String config = directory.resolve("config.yaml").toString();
            CommandRun run = CommandRun.of("validate", "--config", config);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        FlinkOptions options = FlinkOptions.find();
        Map<String, String> flink =
                new TreeMap<>(Yaml.texts(Yaml.document(DOCKER.resolve("flink.yaml"))));
        flink.forEach((key, value) -> assertThat(options.problem(key, value)).as(key).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"docker, 6", "deploy/mqtt, 3"})
    void everyContainersWordsAreACommand(Path directory, int count) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (JsonNode service : compose(directory).path("services")) {
            List<String> words = new ArrayList<>();
            service.path("command").forEach(word -> words.add(word.asText()));
            if (words.contains("/opt/flink/usrlib/pidstream-job.jar")) {
                commands.add(words.subList(4, words.size()));
            } else if (service.path("image").asText().startsWith("pidstream/pidstream")) {
                commands.add(words);
            }
        }
        assertThat(commands).hasSize(count);
        for (List<String> words : commands) {
            Commands.assertParses(words);
        }
    }

    /** Records with a line's end, fields by name, and whole numbers without a fraction. */
    @Test
    void theExampleReadsWhatTelegrafWrites() throws IOException {
        MappedSamples.Result result =
                MappedSamples.map(
                        Files.readString(MQTT.resolve("config.yaml")),
                        "press-1",
                        """
                        {"fields":{"t_in":71.5,"t_out":64},"name":"thermal","tags":{"device":"press-1"},"timestamp":1700000000250}
                        """,
                        """
                        {"fields":{"flow":3},"name":"flow","tags":{"device":"press-1"},"timestamp":1700000000000}
                        """,
                        """
                        {"fields":{"purity":0.97},"name":"lab","tags":{"device":"press-1"},"timestamp":1700000000000}
                        """,
                        """
                        {"fields":{"level":2},"name":"tank","tags":{"device":"press-1"},"timestamp":1700000000000}
                        """);
        assertThat(result.problems()).isEmpty();
        assertThat(result.readings())
                .extracting(Reading::getModality, Reading::getTime, Reading::getValues)
                .containsExactly(
                        tuple(
                                "thermal",
                                Instant.ofEpochMilli(1_700_000_000_250L),
                                List.of(71.5, 64.0)),
                        tuple("flow", Instant.ofEpochMilli(1_700_000_000_000L), List.of(3.0)));
        assertThat(result.labels())
                .extracting(Label::getAsset, Label::getRecordedAt, Label::getValue)
                .containsExactly(
                        tuple("press-1", Instant.ofEpochMilli(MappedSamples.WRITTEN), 0.97));
        assertThat(result.ignored()).containsExactly(Ignored.EXCLUDED);
        assertThat(Files.readString(MQTT.resolve("telegraf.toml")))
                .contains("topic = \"plant.telemetry\"", "json_timestamp_units = \"1ms\"");
    }

    private static String version(String build, String property) {
        return build.replaceFirst(
                "(?s).*<%s>(.*?)</%s>.*"
                        .formatted(Pattern.quote(property), Pattern.quote(property)),
                "$1");
    }

    /** The instructions of a Dockerfile, continued lines joined. */
    private static List<String> instructions(Path file) throws IOException {
        String text = Files.readString(file).replaceAll("(?m)^#.*\\R", "").replace("\\\n", " ");
        try (Stream<String> lines = text.lines()) {
            return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
        }
    }

    private static JsonNode compose(Path directory) throws IOException {
        return Yaml.merged(directory.resolve("compose.yaml"));
    }
}
