package io.pidstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandIT {
    private static final int ROWS = 300;
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static EmbeddedKafka kafka;

    @TempDir Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void sendsEveryRowOnceThoughItIsStoppedAndStartedAgain() throws Exception {
        String config = config("again");
        String file = write(rows().subList(0, ROWS / 2));
        JsonNode first = replay(config, file);
        write(rows());

        JsonNode second = replay(config, file);
        JsonNode third = replay(config, file);

        // Two modalities and a label a row.
        assertThat(first.get("sent").asInt()).isEqualTo(3 * ROWS / 2);
        assertThat(second.get("skipped").asInt()).isEqualTo(3 * ROWS / 2);
        assertThat(second.get("sent").asInt()).isEqualTo(3 * ROWS / 2);
        assertThat(third.get("sent").asInt()).isZero();
        for (String topic : List.of("readings.mox", "readings.env", "labels")) {
            List<String> records = tail(config, topic);
            assertThat(records).hasSize(ROWS);
            assertThat(new HashSet<>(records)).hasSize(ROWS);
        }
    }

    @Test
    void sendsEverythingAgainWhenAskedTo() throws Exception {
        String config = config("restart");
        String file = write(rows());
        replay(config, file);

        assertThat(replay(config, file, "--restart").get("sent").asInt()).isEqualTo(3 * ROWS);
        assertThat(tail(config, "labels")).hasSize(2 * ROWS);
    }

    @Test
    void sendsALabelWhenItIsKnown() throws Exception {
        String config = config("delay");

        replay(config, write(rows()), "--set", "csv.label-delay=PT2H");

        assertThat(tail(config, "labels"))
                .hasSize(ROWS)
                .anySatisfy(
                        label ->
                                assertThat(label)
                                        .contains("\"time\":\"2004-03-10T00:00:00Z\"")
                                        .contains("\"recordedAt\":\"2004-03-10T02:00:00Z\""));
    }

    @Test
    void sendsWhatCannotBeUsedToTheDeadLetters() throws Exception {
        String config = config("dead");

        JsonNode report =
                replay(
                        config,
                        write(
                                List.of(
                                        "2004-03-10 00:00,site-1,1,2,3,4",
                                        "2004-03-10 01:00,site-1,broken,2,3,4",
                                        "yesterday,site-1,1,2,3,4",
                                        "2004-03-10 02:00,site-1,1,,3,")));

        assertThat(report.get("deadLetters").asInt()).isEqualTo(2);
        assertThat(tail(config, "dead-letters"))
                .hasSize(2)
                .anySatisfy(letter -> assertThat(letter).contains("line 3").contains("broken"))
                .anySatisfy(letter -> assertThat(letter).contains("line 4").contains("yesterday"));
        assertThat(tail(config, "readings.mox"))
                .hasSize(2)
                .anySatisfy(reading -> assertThat(reading).contains("\"values\":[1.0,null]"));
        assertThat(tail(config, "labels")).hasSize(2);
    }

    @Test
    void refusesAnInvalidSpeed() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "replay",
                        "--config",
                        config("x"),
                        "--data",
                        write(rows()),
                        "--speed",
                        "fast");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("--speed: fast: expected a number above zero, or max");
    }

    private static List<String> rows() {
        LocalDateTime start = LocalDateTime.of(2004, 3, 10, 0, 0);
        return IntStream.range(0, ROWS)
                .mapToObj(
                        i ->
                                "%s,site-%d,%d,2,3,4"
                                        .formatted(start.plusHours(i / 3).format(FORMAT), i % 3, i))
                .toList();
    }

    private String write(List<String> rows) throws Exception {
        Path file = directory.resolve("plant.csv");
        Files.writeString(
                file, "time,asset,mox.a,mox.b,env.t,co\n" + String.join("\n", rows) + "\n");
        return file.toString();
    }

    private String config(String name) throws Exception {
        return Files.writeString(
                        directory.resolve(name + ".yaml"),
                        """
                        name: %s
                        modalities:
                          - {name: mox, channels: [a, b]}
                          - {name: env, channels: [t]}
                        target: {name: co}
                        alignment: {period: PT1H}
                        csv: {time-format: "yyyy-MM-dd HH:mm"}
                        kafka: {bootstrap-servers: "%s"}
                        """
                                .formatted(name, kafka.bootstrapServers()))
                .toString();
    }

    private static JsonNode replay(String config, String data, String... options) throws Exception {
        CommandRun run = run(List.of("replay", "--config", config, "--data", data), options);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.lastLine());
    }

    private static List<String> tail(String config, String topic) {
        CommandRun run =
                run(List.of("tail", topic, "--config", config, "--from-beginning"), "--to-end");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    private static CommandRun run(List<String> first, String... options) {
        List<String> args = new ArrayList<>(first);
        args.addAll(List.of(options));
        args.add("--json");
        return CommandRun.of(args.toArray(String[]::new));
    }
}
