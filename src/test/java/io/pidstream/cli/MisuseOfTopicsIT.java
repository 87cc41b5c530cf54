package io.pidstream.cli;

import static io.pidstream.cli.Misuse.failed;
import static io.pidstream.cli.Misuse.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Misuse of commands that connect to Kafka. */
class MisuseOfTopicsIT {
    private static final String CONFIG =
            """
            name: mill
            modalities:
              - {name: heat, channels: [t1]}
              - {name: load, channels: [p1]}
            target: {name: q}
            alignment: {period: PT1M}
            """;
    private static final String HERE = " --config @c.yaml --bootstrap-servers $BROKER";
    private static final String NOBODY =
            " --config @c.yaml --bootstrap-servers 127.0.0.1:1 --command-config @fast";

    private static final List<Misuse> TOPICS =
            List.of(
                    failed("topics create" + NOBODY, "127.0.0.1:1", "no Kafka broker answers"),
                    failed("models list" + NOBODY, "127.0.0.1:1", "no Kafka broker answers"),
                    failed("replay --data @d.csv" + NOBODY, "no Kafka broker answers"),
                    wrong(
                            "topics create --config @c.yaml --bootstrap-servers localhost",
                            "--bootstrap-servers: localhost: expected host:port"),
                    wrong("topics create --partitions 0" + HERE, "--partitions: 0: expected"),
                    failed(
                            "topics create --replication 3 --set kafka.prefix=x." + HERE,
                            "3",
                            "only 1 broker"),
                    wrong("topics create --retention month" + HERE, "--retention: month", "30s"),
                    wrong("topics create --command-config @none" + HERE, "none", "properties"),
                    failed("topics sample --topic none" + HERE, "none: there is no such topic"),
                    wrong("topics sample --topic none", "expected --config or --bootstrap"),
                    failed("tail alerts --prefix none. --to-end" + HERE, "none.alerts"),
                    wrong("tail alerts --limit -1" + HERE, "--limit: -1: expected at least 1"),
                    failed("replay --data @header.csv" + HERE, "header.csv", "no rows"),
                    wrong("run serve --local --set kafka.prefix=no." + HERE, "no.labels", "create"),
                    failed("run serve --local --from latest" + HERE, "--from: latest", "expected"),
                    wrong("run serve --local --prometheus-port x" + HERE, "--prometheus-port: x"),
                    wrong("models rollback 5" + HERE, "there is no version 5"),
                    wrong("models publish @none" + HERE, "none", "manifest.json"),
                    failed("dashboard --port $PORT" + HERE, "$PORT", "Address already in use"),
                    failed("dashboard --port 0 --host 203.0.113.7" + HERE, "--host", "203.0.113.7"),
                    wrong("simulate" + HERE, "modalities", "those of the plant"));

    private static EmbeddedKafka kafka;

    @TempDir static Path files;

    @BeforeAll
    static void start() throws IOException {
        kafka = EmbeddedKafka.start();
        Files.writeString(files.resolve("c.yaml"), CONFIG);
        Files.writeString(files.resolve("header.csv"), "asset,time,heat.t1,load.p1,q\n");
        Files.writeString(
                files.resolve("d.csv"),
                "asset,time,heat.t1,load.p1,q\nm1,2024-01-01T00:00:00Z,1,2,3\n");
        Files.writeString(
                files.resolve("fast"), "default.api.timeout.ms=400\nrequest.timeout.ms=300\n");
        CommandRun created =
                CommandRun.of(
                        "topics",
                        "create",
                        "--config",
                        files.resolve("c.yaml").toString(),
                        "--bootstrap-servers",
                        kafka.bootstrapServers());
        assertThat(created.exitCode()).as(created.err()).isZero();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @TestFactory
    Stream<DynamicTest> eachIsOneHelpfulLine() {
        String port = kafka.bootstrapServers().split(":", -1)[1];
        Map<String, String> values = Map.of("BROKER", kafka.bootstrapServers(), "PORT", port);
        return TOPICS.stream().map(misuse -> misuse.test(files, values));
    }
}
