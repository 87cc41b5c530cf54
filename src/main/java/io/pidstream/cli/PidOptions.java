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

/** Options of {@code pid} for data sets only. */
final class PidOptions {
    private static final double CONFIDENCE = 0.95;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            description = "Confidence level of the intervals, between 0 and 1; default: 0.95.")
    Double confidence;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description =
                    "Tolerated relative increase of the error's standard deviation when modalities"
                            + " are omitted; default: pid.tolerance of the configuration.")
    Double tolerance;

    @Option(
            names = "--dependence",
            paramLabel = "asset|time|none",
            description =
                    "Dependence of rows, which widens the intervals. asset: rows of one asset that"
                            + " are close in time are dependent (default). time: rows of different"
                            + " assets are, too. none: rows are independent (default if csv.time is"
                            + " {row: ...}).")
    String dependence;

    @Option(
            names = "--block",
            paramLabel = "N",
            description =
                    "Block length, in rows of an asset, for estimating dependence; at least ten"
                        + " times the memory of the series. Default: learning.block, or a twentieth"
                        + " of the rows if that is less.")
    Integer block;

    @Option(names = "--per-asset", description = "Also decomposes every asset individually.")
    boolean perAsset;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Output directory for pid.json and report.html, with plots.")
    Path directory;

    /** Values of all options by name; null if not given. */
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
     * @param configured defaults of definition and tolerance
     * @param hasTime whether the rows have a time
     * @param problems receives the problems
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
                    problem(
                            problems,
                            "--dependence",
                            dependence,
                            "none, as csv.time is {row: ...}");
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
