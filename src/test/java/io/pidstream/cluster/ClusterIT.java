package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.GeneratedStream;
import io.pidstream.testing.Waiting;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jars on a JobManager and two TaskManagers, each a process of its own: whatever
 * happens to them, what comes out is byte for byte what {@code evaluate} writes. The processes'
 * logs stay in {@code target/cluster-it}.
 */
class ClusterIT {
    private static final GeneratedStream STREAM = new GeneratedStream(5, 300);
    private static final Path WORK = Path.of("target/cluster-it").toAbsolutePath();
    private static final Path PROGRAM = Path.of("target/pidstream.jar").toAbsolutePath();
    private static final Path JOB_JAR = Path.of("target/pidstream-job.jar").toAbsolutePath();
    private static final Path SCRIPT = Path.of("deploy/standalone/job.sh").toAbsolutePath();
    private static final int TASK_MANAGERS = 2;

    @TempDir static Path directory;

    private static FlinkProcesses flink;
    private static FlinkRest rest;
    private static EmbeddedKafka kafka;
    private static Path all;
    private static Path firstHalf;
    private static Path secondHalf;
    private static Path expected;

    @BeforeAll
    static void start() throws Exception {
        FileUtils.deleteDirectory(WORK.toFile());
        flink =
                FlinkProcesses.start(
                        Files.createDirectories(WORK),
                        new FlinkProcesses.Layout(TASK_MANAGERS, 1, "1000m", false));
        rest = new FlinkRest(flink.rest());
        kafka = EmbeddedKafka.start();
        List<String> rows = STREAM.rows();
        all = STREAM.write(directory.resolve("all.csv"));
        int half = rows.size() / 2;
        firstHalf = GeneratedStream.write(directory.resolve("first.csv"), rows.subList(0, half));
        secondHalf =
                GeneratedStream.write(
                        directory.resolve("second.csv"), rows.subList(half, rows.size()));
        expected = directory.resolve("expected");
        new Commands(config("x"))
                .run(
                        "evaluate",
                        "--no-fine-tune",
                        "--data",
                        all.toString(),
                        "--output",
                        expected.toString());
        assertThat(expected("predictions")).hasSizeGreaterThan(1_450);
        assertThat(expected("explanations")).hasSizeGreaterThan(35);
        rest.awaitSlots(TASK_MANAGERS);
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

    @Test
    void predictsWhatEvaluateDoes() throws Exception {
        Path config = config("program");
        HeldStream.replay(config, all);

        String job = runServe(config, flink.rest(), "--parallelism", "2");

        rest.awaitState(job, "FINISHED");
        assertThat(rest.parallelism(job)).isEqualTo(2);
        assertSame("program");
    }

    @Test
    void saysWhatIsWrongAndLeavesTheJobManagerUp() throws Exception {
        HttpResponse<String> refused =
                rest.run(
                        rest.upload(JOB_JAR),
                        null,
                        List.of("run", "serve", "--config", "nowhere.yaml"));

        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).contains("--config: nowhere.yaml: expected a YAML file");
        rest.awaitSlots(TASK_MANAGERS);
    }

    @Test
    void saysWhyTheClusterRefusesASavepoint() throws Exception {
        GoldenSavepoint golden = GoldenSavepoint.newest();
        Path config = golden.config(kafka, directory, "block: 20", "block: 30");
        new Commands(config).run("topics", "create", "--partitions", "1");
        List<String> command = new ArrayList<>(serveCommand(config, flink.rest()));
        command.addAll(List.of("--from", golden.savepoint("serve").toAbsolutePath().toString()));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said.lines().toList().get((int) said.lines().count() - 1))
                .startsWith("the state was learned under another configuration:")
                .contains("learning.block: 20, now 30");
        rest.awaitSlots(TASK_MANAGERS);
    }

    @Test
    void losesAndDoublesNothingWhenATaskManagerIsKilled() throws Exception {
        Path config = config("killed");
        try (HeldStream stream = held("killed")) {
            String job = rest.submit(rest.upload(JOB_JAR), null, serve(config, 2));
            awaitTheMiddle("killed");

            Process killed = flink.taskManagers().get(0).destroyForcibly();
            killed.onExit().join();
            flink.startTaskManager();

            Waiting.until(
                    job + ": restored",
                    () -> rest.checkpoints(job).path("counts").path("restored").asInt() > 0);
            stream.release();
            rest.awaitState(job, "FINISHED");
        }
        assertSame("killed");
    }

    @Test
    void isUpgradedByASavepointToAnotherParallelism() throws Exception {
        Path config = config("upgraded");
        try (HeldStream stream = held("upgraded")) {
            rest.submit(rest.upload(JOB_JAR), null, serve(config, 2));
            awaitTheMiddle("upgraded");

            String said = upgrade(config, "--parallelism", "1");
            String job = jobId(said);
            assertThat(said).contains("savepoint file:" + flink.home().resolve("savepoints"));

            stream.release();
            rest.awaitState(job, "FINISHED");
            assertThat(rest.parallelism(job)).isEqualTo(1);
        }
        assertSame("upgraded");
    }

    @Test
    void goesOnWhereItWasWhenCancelledAndSubmittedAgain() throws Exception {
        Path config = config("cancelled");
        String jar = rest.upload(JOB_JAR);
        try (HeldStream stream = held("cancelled")) {
            String checkpoint = null;
            for (int parallelism : new int[] {2, 1}) {
                String job = rest.submit(jar, checkpoint, serve(config, parallelism));
                awaitTheMiddle("cancelled");
                checkpoint = rest.awaitCheckpoint(job);
                rest.cancel(job);
                rest.awaitSlots(TASK_MANAGERS);
            }
            String job = rest.submit(jar, checkpoint, serve(config, 2));
            stream.release();
            rest.awaitState(job, "FINISHED");
        }
        assertSame("cancelled");
        // One may be held by a cache until the next; three submissions have ended.
        Waiting.until("at most two class loaders of jobs", () -> flink.jobClassLoaders() <= 2);
    }

    @Test
    void runsWhereTheClusterHasAKafkaConnectorOfItsOwn() throws Exception {
        Path config = config("own");
        HeldStream.replay(config, all);
        // All of this test's class path is what such a cluster has in its lib/, and more.
        try (EmbeddedFlink cluster = EmbeddedFlink.start(Map.of())) {
            String job = runServe(config, cluster.dashboard(), "--parallelism", "2");
            new FlinkRest(cluster.dashboard()).awaitState(job, "FINISHED");
        }
        assertSame("own");
    }

    private static HeldStream held(String name) throws Exception {
        return HeldStream.write(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                config(name),
                List.of(name + ".readings.a", name + ".readings.b", name + ".labels"),
                IntStream.range(0, STREAM.assets()).mapToObj(asset -> "asset-" + asset).toList(),
                firstHalf,
                secondHalf);
    }

    /** Until something has been predicted for good; the rest is held back. */
    private static void awaitTheMiddle(String name) throws Exception {
        Waiting.until(name + ": predictions", () -> !written(name, "predictions").isEmpty());
        assertThat(written(name, "predictions"))
                .hasSizeLessThan(expected("predictions").size() * 2 / 3);
    }

    private static List<String> serve(Path config, int parallelism) {
        return List.of(
                "run",
                "serve",
                "--config",
                config.toString(),
                "--bounded",
                "--parallelism",
                Integer.toString(parallelism));
    }

    /** {@code java -jar pidstream.jar run serve}; returns the id of the job. */
    private static String runServe(Path config, URI cluster, String... options) throws Exception {
        List<String> command = new ArrayList<>(serveCommand(config, cluster));
        command.addAll(List.of("--bounded", "--json"));
        command.addAll(List.of(options));
        List<String> lines = run(new ProcessBuilder(command)).lines().toList();
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.path("state").asText()).isEqualTo("SUBMITTED");
        return summary.path("jobId").asText();
    }

    private static List<String> serveCommand(Path config, URI cluster) {
        return List.of(
                FlinkProcesses.java(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                PROGRAM.toString(),
                "run",
                "serve",
                "--config",
                config.toString(),
                "--set",
                "flink.rest.address=" + cluster.getHost(),
                "--set",
                "flink.rest.port=" + cluster.getPort());
    }

    private static String upgrade(Path config, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", SCRIPT.toString(), "serve", "upgrade"));
        command.addAll(List.of(JOB_JAR.toString(), config.toString(), "--bounded"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FLINK_HOME", flink.home().toString());
        return run(builder);
    }

    /** What a process writes to standard output; it must end well. */
    private static String run(ProcessBuilder builder) throws Exception {
        Path errors = WORK.resolve("client.err");
        Process process =
                builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out + Files.readString(errors)).isZero();
        return out;
    }

    private static String jobId(String text) {
        Matcher id = Pattern.compile("serve, job ([0-9a-f]{32})").matcher(text);
        assertThat(id.find()).as(text).isTrue();
        return id.group(1);
    }

    private static Path config(String name) throws Exception {
        return Files.writeString(
                directory.resolve(name + ".yaml"),
                GeneratedStream.CONFIG.replace("name: generated", "name: " + name)
                        + """
                        kafka:
                          bootstrap-servers: "%s"
                          properties: {compression.type: zstd}
                        flink: {execution.checkpointing.interval: 1s}
                        """
                                .formatted(kafka.bootstrapServers()));
    }

    private static void assertSame(String name) throws Exception {
        for (String topic : List.of("predictions", "explanations")) {
            assertThat(written(name, topic).stream().sorted().toList())
                    .as(topic)
                    .isEqualTo(expected(topic).stream().sorted().toList());
        }
    }

    private static List<String> expected(String topic) throws Exception {
        return Files.readAllLines(expected.resolve(topic + ".jsonl"));
    }

    /** Every committed record of an output topic. */
    private static List<String> written(String name, String topic) throws Exception {
        return new Commands(config(name)).records(topic);
    }
}
