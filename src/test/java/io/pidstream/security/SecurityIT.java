package io.pidstream.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that talks to Kafka, run from the packaged jar as from a shell, against a broker
 * with TLS, SCRAM and access control lists. What the users may is what the manual lists. The
 * commands' own words, logs at their most talkative included, are searched for planted secrets.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {
    private static final Path PROGRAM = Path.of("target/pidstream.jar").toAbsolutePath();
    private static final String NAME = "secured";
    private static final String PLACEHOLDER = "${env:PIDSTREAM_TEST_LOGIN}";
    private static final GeneratedStream STREAM = new GeneratedStream(2, 80);

    @TempDir static Path directory;

    private static SecuredKafka kafka;
    private static Path data;
    private static Path config;
    private static Path plant;

    private record Run(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(directory);
        kafka.allow(NAME);
        kafka.allow("plant");
        data = STREAM.write(directory.resolve("data.csv"));
        config = config("config.yaml", PLACEHOLDER);
        plant =
                Files.writeString(
                        directory.resolve("plant.yaml"),
                        Files.readString(Path.of("deploy/examples/demo.yaml"))
                                        .replaceFirst("(?m)^name: .*", "name: plant")
                                        .replaceFirst("(?ms)^kafka:.*?(?=^\\S|\\z)", "")
                                + kafka.section(PLACEHOLDER));
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private static Path config(String file, String login) throws IOException {
        return Files.writeString(
                directory.resolve(file),
                GeneratedStream.CONFIG.replace("name: generated", "name: " + NAME)
                        + kafka.section(login)
                        + "flink: {execution.checkpointing.interval: 1s}\n");
    }

    @Test
    @Order(1)
    void everyCommandIsLetInWithALoginFromTheEnvironment() throws Exception {
        List<String> words = List.of("--config", config.toString());
        ok("topics", "create", words);
        ok("topics", "check", words);
        ok("replay", List.of("--data", data.toString()), words);
        ok("run", "serve", List.of("--local", "--bounded"), words);
        ok("run", "train", List.of("--local", "--bounded"), words);
        ok("models", "list", words);
        Run tail = ok("tail", "predictions", List.of("--from-beginning", "--to-end"), words);
        assertThat(tail.out().lines().count()).isGreaterThan(100);
        ok(
                "simulate",
                List.of("--duration", "PT20S", "--speed", "max"),
                List.of("--config", plant.toString()));
    }

    @Test
    @Order(2)
    void thePageShowsWhatIsInTheTopics() throws Exception {
        Path err = Files.createTempFile(directory, "page", ".err");
        Process page =
                start(
                        login(SecuredKafka.USER, SecuredKafka.PASSWORD),
                        err,
                        "dashboard",
                        List.of("--config", config.toString(), "--port", "0", "--verbose"));
        StringBuilder shown = new StringBuilder();
        try (BufferedReader out = page.inputReader(StandardCharsets.UTF_8)) {
            String address = out.readLine().replaceFirst(".* ", "");
            URI overview = URI.create(address).resolve("/api/overview");
            HttpClient client = HttpClient.newHttpClient();
            Waiting.until(
                    "the page is live",
                    () -> {
                        String json =
                                client.send(
                                                HttpRequest.newBuilder(overview).build(),
                                                HttpResponse.BodyHandlers.ofString())
                                        .body();
                        shown.append(json);
                        return json.contains("\"LIVE\"") && json.contains("\"asset-1\"");
                    });
        } finally {
            page.destroy();
            page.waitFor();
        }
        assertThat(SecuredKafka.secretsIn(shown + Files.readString(err))).isEmpty();
    }

    @Test
    @Order(2)
    void aLoginMayComeFromAFile() throws Exception {
        Path secret =
                SecuredKafka.secretFile(
                        directory.resolve("login"),
                        SecuredKafka.jaas(SecuredKafka.USER, SecuredKafka.PASSWORD));
        Path fromFile = config("file.yaml", "${file:" + secret + "}");

        Run run = run(Map.of(), "topics", "check", List.of("--config", fromFile.toString()));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(SecuredKafka.secretsIn(run.out() + run.err())).isEmpty();
    }

    static Stream<List<String>> commands() {
        String c = "--config";
        String f = directory.resolve("config.yaml").toString();
        return Stream.of(
                List.of("topics", "create", c, f),
                List.of("topics", "check", c, f),
                List.of("replay", c, f, "--data", data.toString()),
                List.of("run", "serve", "--local", c, f),
                List.of("run", "train", "--local", c, f),
                List.of("tail", "predictions", c, f),
                List.of("models", "list", c, f),
                List.of("models", "retire", "1", c, f),
                List.of("dashboard", "--port", "0", c, f),
                List.of("simulate", c, plant.toString()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    @Order(3)
    void aWrongPasswordIsReportedInOneLine(List<String> command) throws Exception {
        Run run = run(login(SecuredKafka.USER, SecuredKafka.WRONG_PASSWORD), command);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(withoutAdvice(run))
                .singleElement()
                .asString()
                .startsWith(kafka.bootstrapServers() + ": Kafka refuses this client: ");
        assertThat(run.out() + run.err()).doesNotContain("\tat ");
        assertThat(SecuredKafka.secretsIn(run.out() + run.err())).isEmpty();
    }

    @Test
    @Order(3)
    void aSecretThatIsNotThereIsNamed() throws Exception {
        for (List<String> command : commands().toList()) {
            CommandRun run = CommandRun.of(command.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err().strip())
                    .isEqualTo(
                            "kafka.properties.sasl.jaas.config: %s: expected the environment"
                                            .formatted(PLACEHOLDER)
                                    + " variable; it is not set");
        }
    }

    @Test
    @Order(3)
    void aSubscriberReadsPredictionsAndNothingElse() throws Exception {
        List<String> words = List.of("--config", config.toString(), "--from-beginning", "--to-end");
        Map<String, String> subscriber = login(SecuredKafka.READER, SecuredKafka.PASSWORD);

        assertThat(run(subscriber, "tail", "predictions", words).exitCode()).isZero();

        Run refused = run(subscriber, "tail", "labels", words);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().strip().lines()).hasSize(1);
        assertThat(refused.err())
                .contains("Kafka does not authorize this user")
                .contains(NAME + ".labels");
    }

    @Test
    @Order(3)
    void anUntrustedBrokerIsReportedInOneLine() throws Exception {
        Path other = Files.createDirectories(directory.resolve("other"));
        String untrusted;
        try (SecuredKafka stranger = SecuredKafka.start(other)) {
            untrusted =
                    Files.readString(config)
                            .replace(kafka.bootstrapServers(), stranger.bootstrapServers());
            Path file = Files.writeString(directory.resolve("untrusted.yaml"), untrusted);
            Run run =
                    run(
                            login(SecuredKafka.USER, SecuredKafka.PASSWORD),
                            "topics",
                            "check",
                            List.of("--config", file.toString()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().strip().lines()).hasSize(1);
            assertThat(run.err()).contains("refuses this client").contains("certification path");
        }
    }

    @Test
    @Order(3)
    void validatePrintsNoSecret() throws Exception {
        Path literal =
                config("literal.yaml", SecuredKafka.jaas(SecuredKafka.USER, SecuredKafka.PASSWORD));
        Run written = run(Map.of(), "validate", List.of("--config", literal.toString()));
        assertThat(written.out()).contains("sasl.jaas.config: (hidden)");
        assertThat(SecuredKafka.secretsIn(written.out() + written.err())).isEmpty();

        Run named =
                run(
                        login(SecuredKafka.USER, SecuredKafka.PASSWORD),
                        "validate",
                        List.of("--config", config.toString(), "--json"));
        assertThat(named.out()).contains(PLACEHOLDER);
        assertThat(SecuredKafka.secretsIn(named.out() + named.err())).isEmpty();
    }

    private static Map<String, String> login(String user, String password) {
        return Map.of("PIDSTREAM_TEST_LOGIN", SecuredKafka.jaas(user, password));
    }

    /** A command that must end well, with its logs at their most talkative. */
    private static Run ok(Object... words) throws Exception {
        List<String> command = flat(words);
        command.add("--verbose");
        Run run = run(login(SecuredKafka.USER, SecuredKafka.PASSWORD), command);
        assertThat(run.exitCode()).as(command + run.err()).isZero();
        assertThat(SecuredKafka.secretsIn(run.out() + run.err())).as(command.toString()).isEmpty();
        return run;
    }

    private static Run run(Map<String, String> environment, Object... words) throws Exception {
        Path err = Files.createTempFile(directory, "command", ".err");
        Process process = start(environment, err, words);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }

    private static Process start(Map<String, String> environment, Path err, Object... words)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                PROGRAM.toString()));
        command.addAll(flat(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static List<String> flat(Object... words) {
        List<String> flat = new ArrayList<>();
        for (Object word : words) {
            if (word instanceof List<?> several) {
                several.forEach(one -> flat.add((String) one));
            } else {
                flat.add((String) word);
            }
        }
        return flat;
    }

    /** 'run train' advises to set the directory of artefacts, whatever comes of it. */
    private static List<String> withoutAdvice(Run run) {
        return run.err().lines().filter(line -> !line.startsWith("encoder.artefacts")).toList();
    }
}
