package io.pidstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.testing.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program's commands with one configuration; all are expected to succeed.
 *
 * @param config the file
 */
record Commands(Path config) {
    CommandRun run(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(options));
        words.addAll(List.of("--config", config.toString()));
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        return run;
    }

    /** Every committed record of a topic, as JSON. */
    List<String> records(String topic) {
        return run("tail", topic, "--json", "--from-beginning", "--to-end").out().lines().toList();
    }
}
