package io.pidstream.cluster;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.process.KeyGroups;
import io.pidstream.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Savepoints of both jobs as a version of the program made them, with the rows that they had read
 * and the rows that come next. The target is 2 a1 + b1, and some noise; it is known a second later.
 *
 * @param folder has {@code pipeline.yaml}, {@code learned.csv}, {@code next.csv}, {@code serve/}
 *     and {@code train/}
 */
record GoldenSavepoint(Path folder) {
    static final int LEARNED_SLOTS = 150;
    static final int NEXT_SLOTS = 30;
    static final List<String> ASSETS = List.of("north", "south");

    private static final String NEWEST = "0.2.0";
    private static final Path ROOT = GoldenFiles.path("savepoint");

    /** Those of every version of the program. */
    static List<GoldenSavepoint> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.sorted().map(GoldenSavepoint::new).toList();
        }
    }

    /** That of the newest version, which is there or is to be written. */
    static GoldenSavepoint newest() {
        return new GoldenSavepoint(ROOT.resolve(NEWEST));
    }

    Path learned() {
        return folder.resolve("learned.csv");
    }

    Path next() {
        return folder.resolve("next.csv");
    }

    Path savepoint(String job) {
        return folder.resolve(job);
    }

    /** The configuration, with a broker. */
    Path config(EmbeddedKafka kafka, Path directory) throws IOException {
        return config(kafka, directory, "", "");
    }

    /** The configuration, with a broker and with some words changed. */
    Path config(EmbeddedKafka kafka, Path directory, String words, String changed)
            throws IOException {
        String text = Files.readString(folder.resolve("pipeline.yaml"));
        if (!text.contains(words)) {
            throw new IllegalArgumentException("the configuration has no " + words);
        }
        return Files.writeString(
                directory.resolve("pipeline.yaml"),
                text.replace(words, changed)
                        + "  bootstrap-servers: \"%s\"\n".formatted(kafka.bootstrapServers()));
    }

    /** Submits a job. */
    JobClient start(String job, Path file, boolean restored, EmbeddedFlink flink) throws Exception {
        PipelineConfig config = ConfigFile.read(file, Map.of());
        Configuration settings = JobDefaults.of(config);
        if (restored) {
            String path = savepoint(job).toAbsolutePath().toUri().toString();
            KeyGroups.restore(
                    settings,
                    path,
                    config.flink(),
                    note -> {
                        throw new IllegalStateException(note);
                    });
        }
        StreamExecutionEnvironment env = flink.environment(settings);
        if (job.equals("serve")) {
            ServeJob.define(
                    env, config, KafkaEndpoints.sources(config), KafkaEndpoints.sinks(config));
        } else {
            TrainJob.define(
                    env,
                    config,
                    KafkaEndpoints.trainSources(config, false),
                    KafkaEndpoints.trainSinks(config));
        }
        return env.executeAsync(job);
    }

    /** Writes the configuration and the rows. */
    void writeInput() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                name: golden
                modalities:
                  - {name: a, channels: [a1, a2]}
                  - {name: b, channels: [b1]}
                target: {name: y, max-delay: PT1H}
                alignment: {period: PT1S, max-out-of-orderness: PT2S}
                learning: {half-lives: [PT50S, PT500S], explanation-half-life: PT100S, block: 20}
                encoder: {latent: 2, hidden: [4], fine-tune-every: 100000}
                csv: {asset: asset, time: second, time-format: {unit: PT1S}, label-delay: PT1S}
                kafka:
                  delivery: at-least-once
                """);
        Random random = new Random(11);
        Files.writeString(learned(), rows(random, 0, LEARNED_SLOTS));
        Files.writeString(next(), rows(random, LEARNED_SLOTS, LEARNED_SLOTS + NEXT_SLOTS));
    }

    private static String rows(Random random, int from, int to) {
        StringBuilder text = new StringBuilder("asset,second,a.a1,a.a2,b.b1,y\n");
        for (int slot = from; slot < to; slot++) {
            for (String asset : ASSETS) {
                double a1 = random.nextGaussian();
                double a2 = a1 + random.nextGaussian();
                double b1 = random.nextGaussian();
                double y = 2 * a1 + b1 + 0.1 * random.nextGaussian();
                text.append(
                        "%s,%d,%.4f,%.4f,%.4f,%.4f\n"
                                .formatted(asset, 1_700_000_000 + slot, a1, a2, b1, y));
            }
        }
        return text.toString();
    }
}
