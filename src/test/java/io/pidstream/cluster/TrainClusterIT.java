package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.security.SecuredKafka;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both jobs on a JobManager and two TaskManagers, each a process of its own, with DJL in {@code
 * lib/}, over a broker with TLS, SCRAM and access control lists. One TaskManager says that it has a
 * GPU, which no machine of the tests need have. The processes' logs stay in {@code
 * target/train-cluster-it}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainClusterIT {
    private static final GeneratedStream STREAM = new GeneratedStream(5, 300);
    private static final int FINE_TUNE_EVERY = 300;
    private static final Path WORK = Path.of("target/train-cluster-it").toAbsolutePath();
    private static final Path JOB_JAR = Path.of("target/pidstream-job.jar").toAbsolutePath();
    private static final Path SCRIPT = Path.of("deploy/standalone/job.sh").toAbsolutePath();
    private static final int SLOTS = 4;

    @TempDir static Path directory;

    private static FlinkProcesses flink;
    private static FlinkRest rest;
    private static SecuredKafka kafka;
    private static Path login;
    private static String jar;

    @BeforeAll
    static void start() throws Exception {
        FileUtils.deleteDirectory(WORK.toFile());
        Files.createDirectories(WORK);
        flink = FlinkProcesses.start(WORK, new FlinkProcesses.Layout(1, SLOTS / 2, "1600m", true));
        PretendedGpu.writeTo(flink.plugins());
        flink.startTaskManager(PretendedGpu.OPTIONS);
        kafka = SecuredKafka.start(directory);
        login =
                SecuredKafka.secretFile(
                        directory.resolve("login"),
                        SecuredKafka.jaas(SecuredKafka.USER, SecuredKafka.PASSWORD));
        rest = new FlinkRest(flink.rest());
        rest.awaitSlots(SLOTS);
        jar = rest.upload(JOB_JAR);
    }

    @AfterAll
    static void stop() {
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @AfterEach
    void cancelWhatAFailureLeft() throws Exception {
        rest.cancelAll();
    }

    /** PyTorch sees no GPU, and says so of the very one that was given. */
    @Test
    @Order(1)
    void theTrainerAsksForAGpuAndIsGivenTheOneThatThereIs() throws Exception {
        Path config = config("gpu");
        new Commands(config).run("topics", "create");
        List<String> arguments = new ArrayList<>(train(config));
        arguments.addAll(List.of("--set", "encoder.device=auto"));
        arguments.addAll(List.of("--set", "flink.external-resources=gpu"));

        String job = rest.submit(jar, null, arguments);

        Waiting.until(
                "the trainer's complaint",
                () -> rest.exceptions(job).contains("encoder.device: gpu:0: expected a GPU"));
        rest.cancel(job);
        rest.awaitSlots(SLOTS);
    }

    @Test
    @Order(2)
    void bothJobsLoseAndDoubleNothingWhenTheirTaskManagersAreKilled() throws Exception {
        String name = "both";
        Path config = config(name);
        List<String> rows = STREAM.rows();
        int half = rows.size() / 2;
        Path all = STREAM.write(directory.resolve("all.csv"));
        Path first = GeneratedStream.write(directory.resolve("first.csv"), rows.subList(0, half));
        Path second =
                GeneratedStream.write(
                        directory.resolve("second.csv"), rows.subList(half, rows.size()));
        Path expected = directory.resolve("expected");
        new Commands(config)
                .run(
                        "evaluate",
                        "--no-fine-tune",
                        "--data",
                        all.toString(),
                        "--output",
                        expected.toString());
        try (HeldStream stream = held(config, name, first, second)) {
            String train = rest.submit(jar, null, train(config));
            String serve = rest.submit(jar, null, serve(config));
            Waiting.until(
                    "a trained version",
                    () -> !new Commands(config).records("model-versions").isEmpty());
            rest.awaitCheckpoint(train);

            // A job may have all of its tasks on one of them: this way both jobs lose some.
            for (Process killed : flink.taskManagers()) {
                killed.destroyForcibly();
                killed.onExit().join();
                flink.startTaskManager();
            }

            for (String job : List.of(train, serve)) {
                Waiting.until(
                        job + ": restored",
                        () -> rest.checkpoints(job).path("counts").path("restored").asInt() > 0);
            }
            int before = new Commands(config).records("model-versions").size();
            stream.release();
            rest.awaitState(serve, "FINISHED");
            Waiting.until(
                    "a version trained after the failure",
                    () -> new Commands(config).records("model-versions").size() > before);
            rest.cancel(train);
        }
        rest.awaitSlots(SLOTS);

        for (String topic : List.of("predictions", "explanations")) {
            assertThat(new Commands(config).records(topic).stream().sorted().toList())
                    .as(topic)
                    .isEqualTo(
                            Files.readAllLines(expected.resolve(topic + ".jsonl")).stream()
                                    .sorted()
                                    .toList());
        }
        List<Long> versions = versions(config);
        assertThat(versions).isEqualTo(oneTo(versions.size())).hasSizeGreaterThan(1);
    }

    @Test
    @Order(3)
    void theNativeLibrarySurvivesThreeCyclesOfCancelAndSubmit() throws Exception {
        Path config = config("cycles");
        new Commands(config).run("topics", "create");
        String checkpoint = null;
        for (int cycle = 0; cycle < 3; cycle++) {
            String job = rest.submit(jar, checkpoint, train(config));
            checkpoint = rest.awaitCheckpoint(job);
            assertThat(rest.exceptions(job)).contains("\"entries\":[]");
            rest.cancel(job);
            rest.awaitSlots(SLOTS);
        }
        assertThat(flink.logs())
                .contains("encoders are trained with")
                .doesNotContain("already loaded in another classloader");
    }

    @Test
    @Order(4)
    void theScriptSubmitsUpgradesAndRollsBack() throws Exception {
        Path config = config("both");
        int before = versions(config).size();

        // The sources go on where the group's offsets are.
        String first = jobId(script("submit", JOB_JAR.toString(), config.toString()));
        rest.awaitCheckpoint(first);
        assertThat(failing("submit", JOB_JAR.toString(), config.toString()))
                .contains("a train job of it is running: " + first);

        String said = script("upgrade", JOB_JAR.toString(), config.toString());
        String second = jobId(said);
        rest.awaitState(first, "FINISHED");
        Matcher saved = Pattern.compile("savepoint (file:\\S+)").matcher(said);
        assertThat(saved.find()).as(said).isTrue();
        rest.awaitCheckpoint(second);
        assertThat(restoredFrom(second)).isEqualTo(saved.group(1));

        String third =
                jobId(script("rollback", JOB_JAR.toString(), config.toString(), saved.group(1)));
        rest.awaitState(second, "CANCELED");
        rest.awaitCheckpoint(third);
        assertThat(restoredFrom(third)).isEqualTo(saved.group(1));

        String stopped = script("stop", config.toString());
        assertThat(stopped).contains("stopped job " + third);
        assertThat(versions(config)).isEqualTo(oneTo(versions(config).size()));
        assertThat(versions(config).size()).isGreaterThanOrEqualTo(before);
        rest.awaitSlots(SLOTS);
    }

    /** What was planted is in a file that every process has read. */
    @Test
    @Order(5)
    void noLogAndNoPageOfFlinkHasASecret() throws Exception {
        Path config = config("pages");
        new Commands(config).run("topics", "create");
        String job = rest.submit(jar, null, serve(config).subList(0, 4));
        rest.awaitCheckpoint(job);
        List<String> pages = rest.everyPage(job);
        rest.cancel(job);

        assertThat(pages).hasSizeGreaterThan(25);
        assertThat(pages.stream().map(SecuredKafka::secretsIn).flatMap(List::stream)).isEmpty();
        assertThat(SecuredKafka.secretsIn(flink.logs())).isEmpty();
    }

    private static HeldStream held(Path config, String name, Path before, Path after)
            throws Exception {
        return HeldStream.write(
                kafka.administrator(),
                config,
                List.of(name + ".readings.a", name + ".readings.b", name + ".labels"),
                IntStream.range(0, STREAM.assets()).mapToObj(asset -> "asset-" + asset).toList(),
                before,
                after);
    }

    private static List<String> train(Path config) {
        return List.of("run", "train", "--config", config.toString());
    }

    private static List<String> serve(Path config) {
        return List.of(
                "run", "serve", "--config", config.toString(), "--bounded", "--parallelism", "2");
    }

    private static String restoredFrom(String job) throws Exception {
        return rest.checkpoints(job).path("latest").path("restored").path("external_path").asText();
    }

    private static String script(String... words) throws Exception {
        return run(0, words);
    }

    private static String failing(String... words) throws Exception {
        return run(1, words);
    }

    private static String run(int exitCode, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString(), "train"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_HOME", flink.home().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(WORK.resolve("script-" + words[0] + ".out"), said);
        assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
        return said;
    }

    private static String jobId(String text) {
        Matcher id = Pattern.compile("train, job ([0-9a-f]{32})").matcher(text);
        assertThat(id.find()).as(text).isTrue();
        return id.group(1);
    }

    private static Path config(String name) throws Exception {
        kafka.allow(name);
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                GeneratedStream.CONFIG.replace("name: generated", "name: " + name)
                        + """
                        encoder:
                          type: pidreg
                          latent: 2
                          hidden: [8]
                          device: cpu
                          fine-tune-every: %d
                          training: {epochs: 1, batch-size: 64}
                        """
                                .formatted(FINE_TUNE_EVERY)
                        + kafka.section("${file:" + login + "}")
                        + "flink: {execution.checkpointing.interval: 1s}\n");
    }

    /** The numbers of the trained versions' records, in order: one too many shows, as one less. */
    private static List<Long> versions(Path config) throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (String line : new Commands(config).records("model-versions")) {
            JsonNode version = new ObjectMapper().readTree(line);
            numbers.add(version.path("version").asLong());
        }
        return numbers;
    }

    private static List<Long> oneTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> (long) number).toList();
    }
}
