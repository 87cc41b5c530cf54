package io.pidstream.filerun;

import io.pidstream.config.PipelineConfig;
import io.pidstream.record.RecordJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Writes the output of a file run: as JSON, one record per line, and predictions as a table. */
public final class OutputFiles {
    private final Path directory;
    private final RecordJson json;
    private final PredictionTable table;

    /**
     * @param directory that exists
     * @param config of the run
     */
    public OutputFiles(Path directory, PipelineConfig config) {
        this.directory = directory;
        this.json = RecordJson.ofChannels(config.predictors());
        this.table = new PredictionTable(config);
    }

    /**
     * Writes {@code predictions.jsonl}, {@code predictions.csv}, {@code explanations.jsonl} and
     * {@code alerts.jsonl}; files of former runs are replaced.
     *
     * @param versions whether {@code versions.jsonl} is written too
     */
    public void write(Outputs outputs, boolean versions) throws IOException {
        table.write(outputs, directory.resolve("predictions.csv"));
        write("predictions", outputs.predictions(), json::prediction);
        write("explanations", outputs.explanations(), json::explanation);
        write("alerts", outputs.alerts(), json::alert);
        if (versions) {
            write("versions", outputs.versions(), json::modelVersion);
        }
    }

    private <T> void write(String name, SortedRecords<T> records, Function<T, String> toJson)
            throws IOException {
        try (records;
                BufferedWriter out = Files.newBufferedWriter(directory.resolve(name + ".jsonl"))) {
            for (T each : records) {
                out.write(toJson.apply(each));
                out.write('\n');
            }
        }
    }
}
