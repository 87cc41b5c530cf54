package io.pidstream.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one downloads, unpacked and started as a user does. */
class DistributionIT {
    private static final long MOST_BYTES = 110L << 20;

    @TempDir private static Path directory;

    private static Path home;

    /** What a process printed, and its exit code. */
    private record Ended(int code, String out) {}

    @BeforeAll
    static void unpack() throws Exception {
        run(List.of("tar", "xzf", archive("-core").toString(), "-C", directory.toString()));
        try (Stream<Path> unpacked = Files.list(directory)) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static Path archive(String kind) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith(kind + ".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Ended run(List<String> command) throws Exception {
        return run(command, Map.of());
    }

    private static Ended run(List<String> command, Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PIDSTREAM_CACHE", directory.resolve("cache").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    private static Ended pidstream(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(home + "/bin/pidstream"));
        command.addAll(List.of(args));
        return run(command);
    }

    @Test
    void theCoreIsSmallAndPyTorchIsAnArchiveOfItsOwn() throws Exception {
        assertThat(Files.size(archive("-core"))).isLessThan(MOST_BYTES);
        Ended listed = run(List.of("tar", "tzf", archive("-pytorch").toString()));
        assertThat(listed.out().strip()).isEqualTo(home.getFileName() + "/lib/pytorch.jar");
    }

    @Test
    void startsThroughALinkAndKeepsAnArchiveOfClasses() throws Exception {
        Path link =
                Files.createSymbolicLink(
                        directory.resolve("pidstream"), home.resolve("bin/pidstream"));
        String example = home + "/examples/air-quality.yaml";
        Ended first = run(List.of(link.toString(), "validate", "--config", example));
        assertThat(first.out()).startsWith("name: air-quality");
        assertThat(first.code()).isZero();
        try (Stream<Path> cached = Files.list(directory.resolve("cache"))) {
            assertThat(cached).singleElement().asString().endsWith(".jsa");
        }
        assertThat(pidstream("validate", "--config", example)).isEqualTo(first);
    }

    @Test
    void networksNameTheArchiveThatTheyMiss() throws Exception {
        Path data = Files.createFile(directory.resolve("rows.csv"));
        StringBuilder rows = new StringBuilder("x,y,t\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i % 7).append(',').append(i % 5).append(',').append(i % 35).append('\n');
        }
        Files.writeString(data, rows);
        Path config = directory.resolve("rows.yaml");
        Files.writeString(
                config,
                """
                name: rows
                modalities:
                  - {name: a, channels: [x]}
                  - {name: b, channels: [y]}
                target: {name: t}
                alignment: {period: PT1M}
                csv: {asset: {constant: one}, time: {row: PT1M}, channels: "{channel}"}
                """);
        Ended networks =
                pidstream(
                        "train",
                        "--config=" + config,
                        "--data=" + data,
                        "--output=" + directory.resolve("network"),
                        "--set=encoder.type=piecewise");
        assertThat(networks.out()).contains("-pytorch.tar.gz");
        assertThat(networks.code()).isEqualTo(1);

        Ended trees =
                pidstream(
                        "train",
                        "--config=" + config,
                        "--data=" + data,
                        "--output=" + directory.resolve("trees"));
        assertThat(trees.code()).as(trees.out()).isZero();
    }

    @Test
    void completionIsAScriptOfTheShell() throws Exception {
        Path script = directory.resolve("completion.bash");
        Files.writeString(script, pidstream("completion", "bash").out());
        Ended completed =
                run(
                        List.of(
                                "bash",
                                "-c",
                                ". %s; COMP_WORDS=(pidstream eva); COMP_CWORD=1; COMP_LINE='pidstream eva'; _complete_pidstream; echo \"${COMPREPLY[@]}\""
                                        .formatted(script)));
        assertThat(completed.out().strip()).isEqualTo("evaluate");
        assertThat(pidstream("completion", "fish").out())
                .contains("complete -c pidstream -n '__fish_use_subcommand' -f -a evaluate -d '")
                .contains(
                        "complete -c pidstream -n '__fish_seen_subcommand_from evaluate' -l config"
                                + " -r -d '");
    }

    @Test
    void anOldJavaIsRefusedInOneLine() throws Exception {
        Path old = Files.createDirectories(directory.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        Ended refused =
                run(
                        List.of(home + "/bin/pidstream", "--help"),
                        Map.of("JAVA_HOME", directory.resolve("old").toString()));
        assertThat(refused.out())
                .isEqualTo("pidstream: %s is Java 11; expected 17 or newer%n".formatted(old));
        assertThat(refused.code()).isEqualTo(2);
    }
}
