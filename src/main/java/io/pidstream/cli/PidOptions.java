package io.pidstream.cli;

import io.pidstream.config.PipelineConfig;
import io.pidstream.dataset.PidSettings;
import io.pidstream.dataset.RowDependence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of {@code pid} that are for a data set only. */
final class PidOptions {
    private static final double CONFIDENCE = 0.95;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            description = "Of the intervals, between 0 and 1; default: 0.95.")
    Double confidence;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description =
                    "By how much the spread of the error may rise when modalities are left out;"
                            + " default: pid.tolerance of the configuration.")
    Double tolerance;

    @Option(
            names = "--dependence",
            paramLabel = "asset|time|none",
            description =
                    "Rows of a time series tell less than as many independent ones. asset: rows of"
                        + " one asset that are near in time depend on each other (default). time:"
                        + " those of different assets do, too. none: rows are independent (default"
                        + " where csv.time is {row: ...}).")
    String dependence;

    @Option(
            names = "--block",
            paramLabel = "N",
            description =
                    "Rows of an asset in a block from which dependence is told; ten or more times"
                        + " as many as the rows remember. Default: learning.block, or a twentieth"
                        + " of the rows if that is less.")
    Integer block;

    @Option(names = "--per-asset", description = "Decomposes every asset by itself, too.")
    boolean perAsset;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where to write pid.json and report.html, with plots.")
    Path directory;

    /** Those that are given, by name; null for one that is not. */
    Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--confidence", confidence);
        given.put("--tolerance", tolerance);
        given.put("--dependence", dependence);
        given.put("--block", block);
        given.put("--per-asset", perAsset ? true : null);
        given.put("--output", directory);
        return given;
    }

    /**
     * @param configured definition and tolerance, where the options do not say otherwise
     * @param hasTime whether the rows have a time
     * @param problems receives what is wrong
     */
    PidSettings settings(PipelineConfig.Pid configured, boolean hasTime, List<String> problems) {
        if (confidence != null && !(confidence > 0 && confidence < 1)) {
            problem(problems, "--confidence", confidence, "a number above 0 and below 1");
        }
        if (tolerance != null && !(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            problem(problems, "--tolerance", tolerance, "a number, 0 or more");
        }
        if (block != null && block < 2) {
            problem(problems, "--block", block, "2 rows or more");
        }
        if (directory != null && Files.exists(directory) && !Files.isDirectory(directory)) {
            problem(problems, "--output", directory, "a directory");
        }
        return new PidSettings(
                configured.definition(),
                confidence == null ? CONFIDENCE : confidence,
                tolerance == null ? configured.tolerance() : tolerance,
                dependence(hasTime, problems),
                block == null ? 0 : block,
                perAsset);
    }

    private RowDependence dependence(boolean hasTime, List<String> problems) {
        if (dependence == null) {
            return hasTime ? RowDependence.ASSET : RowDependence.NONE;
        }
        for (RowDependence one : RowDependence.values()) {
            if (one.text().equals(dependence.toLowerCase(Locale.ROOT))) {
                if (one != RowDependence.NONE && !hasTime) {
                    problem(problems, "--dependence", dependence, "none, as csv.time is a row's");
                }
                return one;
            }
        }
        problem(problems, "--dependence", dependence, "asset, time or none");
        return RowDependence.NONE;
    }

    private static void problem(
            List<String> problems, String option, Object value, String expected) {
        problems.add("%s: %s: expected %s".formatted(option, value, expected));
    }
}
