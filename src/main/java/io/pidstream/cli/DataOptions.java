package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.process.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of commands that read files. */
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "D.csv[.gz]",
            description =
                    "The rows: a file, or a directory of files; repeatable. The configuration's csv"
                            + " section says what is in them. Rows that are not in the order of"
                            + " time are sorted.")
    List<Path> data;

    /** Reads the files and prints what a person should know about them. */
    CsvData open(PipelineConfig config, CommandSpec spec) throws IOException {
        return open(data, config, spec);
    }

    static CsvData open(List<Path> data, PipelineConfig config, CommandSpec spec)
            throws IOException {
        CsvData rows = CsvData.read(data, config);
        print(rows, spec);
        return rows;
    }

    static void print(CsvData rows, CommandSpec spec) {
        PrintWriter err = spec.commandLine().getErr();
        rows.notes().forEach(err::println);
        err.flush();
    }

    /**
     * Creates a directory for output, before the work whose output it is for.
     *
     * @throws ConfigurationException if nothing can be written there
     */
    static void create(Path directory) {
        whyNotWritable(directory)
                .ifPresent(
                        why -> {
                            throw new ConfigurationException(
                                    List.of(
                                            "--output: %s: expected a directory that can be written: %s"
                                                    .formatted(directory, why)));
                        });
    }

    /** Why nothing can be written to a directory, which is created; empty if something can. */
    static Optional<String> whyNotWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "pidstream", null));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }
}
