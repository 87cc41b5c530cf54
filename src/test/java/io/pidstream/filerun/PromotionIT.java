package io.pidstream.filerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.testing.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs and their topics: a version is trained, earns its place, and serves. */
class PromotionIT {
    @TempDir Path directory;

    private final Random random = new Random(1);
    private int row;

    @Test
    void aCandidateFromTheTrainJobIsPromotedByTheServeJobAndServesFromTheFirstFrame()
            throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String config = config(kafka);
            ok("topics", "create", "--config", config);

            serve(config, 1500);
            ok("run", "train", "--config", config, "--local", "--bounded");
            assertThat(version(config).get("state").asText()).isEqualTo("CANDIDATE");

            serve(config, 2000);
            JsonNode promoted = version(config);
            assertThat(promoted.get("state").asText()).as(promoted.toString()).isEqualTo("ACTIVE");
            assertThat(promoted.get("reason").asText()).startsWith("promoted: ");
            JsonNode metrics = promoted.get("metrics");
            assertThat(metrics.get("trialMae").asDouble())
                    .isLessThan(0.8 * metrics.get("trialIncumbentMae").asDouble());

            serve(config, 100);
            String predictions =
                    ok(
                                    "tail",
                                    "predictions",
                                    "--bootstrap-servers",
                                    kafka.bootstrapServers(),
                                    "--prefix",
                                    "loop.",
                                    "--from-beginning",
                                    "--to-end",
                                    "--json")
                            .out();
            assertThat(predictions.lines().filter(line -> line.contains("\"modelVersion\":1,")))
                    .hasSizeGreaterThan(80);
        }
    }

    private void serve(String config, int rows) throws Exception {
        ok("replay", "--config", config, "--data", data(rows), "--speed", "max");
        ok("run", "serve", "--config", config, "--local", "--bounded");
    }

    /** The next rows: a wave across channels, which experts on channels follow badly. */
    private String data(int rows) throws Exception {
        StringBuilder csv = new StringBuilder("cycle,mox.a,mox.b,env.t,co\n");
        for (int i = 0; i < rows; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double t = random.nextGaussian();
            double co = 2 * Math.sin(1.5 * (a + b + t)) + 0.1 * random.nextGaussian();
            csv.append(String.format(Locale.ROOT, "%d,%.6f,%.6f,%.6f,%.6f%n", row++, a, b, t, co));
        }
        return Files.writeString(directory.resolve("rows-" + row + ".csv"), csv).toString();
    }

    private String config(EmbeddedKafka kafka) throws Exception {
        return Files.writeString(
                        directory.resolve("loop.yaml"),
                        """
                        name: loop
                        modalities:
                          - {name: mox, channels: [a, b]}
                          - {name: env, channels: [t]}
                        target: {name: co}
                        alignment: {period: PT1S}
                        encoder:
                          type: pidreg
                          latent: 4
                          hidden: [32]
                          fine-tune-every: 1400
                          device: cpu
                          artefacts: "%s"
                          trial: {warm-up: 300, longest: 5000}
                          training: {epochs: 60, batch-size: 64, learning-rate: 0.005}
                        csv:
                          asset: {constant: x}
                          time: cycle
                          time-format: {unit: PT1S}
                        kafka: {bootstrap-servers: "%s"}
                        flink: {execution.checkpointing.dir: "%s"}
                        """
                                .formatted(
                                        directory.resolve("artefacts").toUri(),
                                        kafka.bootstrapServers(),
                                        directory.resolve("checkpoints").toUri()))
                .toString();
    }

    private static JsonNode version(String config) throws Exception {
        return new ObjectMapper()
                .readTree(ok("models", "list", "--config", config, "--json").lastLine())
                .get("versions")
                .get(0);
    }

    private static CommandRun ok(String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run;
    }
}
