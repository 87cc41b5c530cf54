package io.pidstream.filerun;

import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A short run over the first rows of a file, which shows whether a configuration reads it.
 *
 * @param evaluation its result
 * @param counts the accumulators of the job
 * @param seconds wall clock
 */
public record Trial(Evaluation evaluation, Map<String, Object> counts, double seconds) {
    private static final int MOST_WARM_UP = 200;

    /** A quarter of the labels warms up where there are few. */
    private static final int WARM_UP_PART = 4;

    /**
     * @param data the first rows
     * @param work an empty directory
     */
    public static Trial of(PipelineConfig config, CsvData data, Path work) throws Exception {
        long start = System.nanoTime();
        FileRun run =
                new FileRun(
                        config, data, Files.createDirectories(work), 1, false, List.of(), false);
        Map<String, Object> counts = run.execute(frames -> {});
        Evaluation evaluation =
                Evaluation.of(run, Math.min(MOST_WARM_UP, data.rows() / WARM_UP_PART));
        return new Trial(evaluation, counts, (System.nanoTime() - start) / 1e9);
    }
}
