package io.pidstream.cli;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.UnusableDataException;
import io.pidstream.dataset.CovarianceLines;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.DataSetRun;
import io.pidstream.dataset.PidSettings;
import io.pidstream.live.Glyphs;
import io.pidstream.pid.PidDefinition;
import io.pidstream.report.PidJson;
import io.pidstream.report.PidPage;
import io.pidstream.report.PidText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pid}. */
@Command(
        name = "pid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Partial information decomposition: how much of the information about a target is"
                + " unique to one modality (lost without it), redundant (available from either) or"
                + " synergistic (available only from several together). In bits; one bit halves the"
                + " standard deviation of the prediction error.",
            "",
            "For a data set (--config, --data): with intervals, and with the modalities that could"
                + " be omitted. The target is mapped to normal scores by rank; only linear Gaussian"
                + " dependence is measured. Rows without the target or with a missing modality are"
                + " counted and skipped.",
            "For given covariances (--covariance): one JSON object per line in, one per line out.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  pidstream pid --config deploy/examples/air-quality.yaml \\",
            "      --data air-quality-co.csv --output out/",
            "",
            "  echo '{\"dm\":1,\"dx\":1,\"dy\":1,\"cov\":[1,1,1,1,2,1,1,1,3]}' \\",
            "      | pidstream pid --covariance -",
            "  {\"imx\":0.5,\"imy\":0.2925,\"imxy\":0.6610,\"redundant\":0.2925,",
            "      \"uniqueX\":0.2075,\"uniqueY\":0.0,\"synergistic\":0.1610,",
            "      \"definition\":\"mmi\",\"status\":\"OK\"}      (all digits are printed)",
            "",
            "In a covariance the target M comes first, then the sources X and Y; dm, dx and dy are"
                + " their dimensions, cov is row-major. With \"n\":500, the number of samples, bias"
                + " is corrected. If there is no decomposition, for example with a constant target,"
                + " status is UNDEFINED, with a reason and without figures. If a line is invalid,"
                + " only the errors are printed, and the exit code is 2."
        })
final class PidCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "C.yaml",
            description =
                    "Configuration file: modalities, target, and the columns of the data file.")
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description =
                    "Overrides a configuration key, e.g. --set target.history=true, which adds the"
                            + " target's own past as a modality. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "D.csv[.gz]",
            description = "The rows: a file, or a directory of files; repeatable.")
    List<Path> data;

    @Option(
            names = "--covariance",
            paramLabel = "F.jsonl",
            description = "Covariances, one JSON object per line; - for standard input.")
    String covariance;

    @Option(
            names = "--definition",
            paramLabel = "mmi|idep",
            description =
                    "Definition of redundancy: mmi, the minimum of the informations; idep, which"
                        + " also uses the dependence between modalities. Default: pid.definition of"
                        + " the configuration, or mmi.")
    String definition;

    @Mixin PidOptions options;
    @Mixin OutputOptions output;
    @Spec CommandSpec spec;

    private final List<String> problems = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        PidDefinition chosen = definition();
        if (covariance != null) {
            requireNoDataOptions();
            stopAtProblems();
            PrintWriter out = spec.commandLine().getOut();
            CovarianceLines.decompose(covariance, chosen, out, spec.commandLine().getErr());
            return 0;
        }
        PipelineConfig read = read();
        // The options are checked even if the configuration is missing, so that all problems are
        // reported.
        double tolerance = read == null ? 0 : read.pid().tolerance();
        boolean configured = definition == null && read != null;
        PidSettings settings =
                options.settings(
                        new PipelineConfig.Pid(
                                configured ? read.pid().definition() : chosen, tolerance),
                        read == null || read.csv().hasTime(),
                        problems);
        stopAtProblems();
        decompose(read, settings);
        return 0;
    }

    private PidDefinition definition() {
        if (definition == null) {
            return PidDefinition.MMI;
        }
        try {
            return PidDefinition.of(definition);
        } catch (IllegalArgumentException e) {
            problem("--definition", definition, "mmi or idep");
            return PidDefinition.MMI;
        }
    }

    /** Reports options for data sets that are given with covariances. */
    private void requireNoDataOptions() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--config", config);
        given.put("--set", overrides.isEmpty() ? null : overrides);
        given.put("--data", data == null ? null : data.get(0));
        given.putAll(options.given());
        given.forEach(
                (option, value) -> {
                    if (value != null) {
                        problem(
                                option,
                                value,
                                "no such option with --covariance; it is for a data set");
                    }
                });
    }

    private PipelineConfig read() {
        if (config == null && data == null) {
            problem("--data or --covariance", "missing", "one of the two");
            return null;
        }
        if (config == null) {
            problem("--config", "missing", "a configuration, as --data is given");
        }
        if (data == null) {
            problem("--data", "missing", "a CSV file, as --config is given");
        }
        if (config == null) {
            return null;
        }
        try {
            return ConfigFile.read(config, overrides);
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return null;
        }
    }

    private void problem(String option, Object value, String expected) {
        problems.add("%s: %s: expected %s".formatted(option, value, expected));
    }

    private void stopAtProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private void decompose(PipelineConfig read, PidSettings settings) throws IOException {
        Path directory = options.directory;
        if (directory != null) {
            DataOptions.create(directory);
        }
        DataSet result;
        try (CsvData rows = DataOptions.open(data, read, spec);
                ProgressBar bar = Progress.bar(spec, 2 * rows.rows(), "rows read")) {
            result = new DataSetRun(read, rows, settings).execute(bar::stepTo);
            bar.stepTo(2 * rows.rows());
        }
        PrintWriter err = spec.commandLine().getErr();
        result.problems().lines().forEach(err::println);
        if (result.counts().used() == 0) {
            throw new UnusableDataException(
                    "--data: %s: none of the %,d rows has the target and every modality"
                            .formatted(result.file(), result.counts().rows()));
        }
        result.problems().warning(result.counts().rows()).ifPresent(err::println);
        String json = new PidJson(result, settings).text();
        if (directory != null) {
            Files.writeString(directory.resolve("pid.json"), json + System.lineSeparator());
            Files.writeString(
                    directory.resolve("report.html"), new PidPage(result, settings).render());
        }
        Glyphs glyphs = Glyphs.of(terminalCharset());
        spec.commandLine()
                .getOut()
                .println(output.json ? json : new PidText(result, settings, glyphs).render());
    }

    /** The character set of the terminal, which may differ from that of files. */
    private static Charset terminalCharset() {
        String name = System.getProperty("sun.stdout.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }
}
