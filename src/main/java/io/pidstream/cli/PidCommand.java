package io.pidstream.cli;

import io.pidstream.config.ConfigFile;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvFile;
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
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
            "Says where the knowledge about a target comes from, by partial information"
                    + " decomposition: how much of it is unique to one modality (lose it and it is"
                    + " gone), how much is redundant (either would do), how much synergistic (there"
                    + " only when they are read together). In bits; each halves the spread of a"
                    + " prediction's error.",
            "",
            "Of a data set (--config, --data): with intervals, and which modalities could be left"
                + " out. The target goes through the inverse normal transform of its ranks; what is"
                + " Gaussian and linear is seen, nothing else. Rows in which a modality or the"
                + " target is missing are counted and left out.",
            "Of given covariances (--covariance): a JSON object a line for a JSON object a line.",
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
            "      \"definition\":\"mmi\",\"status\":\"OK\"}      with all digits",
            "",
            "Of a covariance the target M comes first, then the sources X and Y; dm, dx and dy are"
                + " their numbers of dimensions, cov is row-major. \"n\":500 says that it is of 500"
                + " samples: bias is corrected then. Where there is no decomposition, as of a"
                + " constant target, status is UNDEFINED, with a reason and without numbers. If a"
                + " line is wrong, nothing is printed but what is wrong, and the exit code is 2."
        })
final class PidCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "C.yaml",
            description = "The configuration: modalities, target, and how the file is read.")
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description =
                    "Overrides a key of the configuration, e.g. --set target.history=true, which"
                            + " adds the target's own past as a modality. Repeatable.")
    Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "D.csv[.gz]", description = "The rows.")
    Path data;

    @Option(
            names = "--covariance",
            paramLabel = "F.jsonl",
            description = "Covariances, a JSON object a line; - for standard input.")
    String covariance;

    @Option(
            names = "--definition",
            paramLabel = "mmi|idep",
            description =
                    "What counts as redundant: mmi, the smaller information; idep, which also looks"
                            + " at how the modalities go together. Default: pid.definition of the"
                            + " configuration, or mmi.")
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
        // Without a configuration there are problems already; its options are checked all the same.
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

    /** All options of a data set that are given beside covariances. */
    private void requireNoDataOptions() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("--config", config);
        given.put("--set", overrides.isEmpty() ? null : overrides);
        given.put("--data", data);
        given.putAll(options.given());
        given.forEach(
                (option, value) -> {
                    if (value != null) {
                        problem(option, value, "none beside --covariance; it is for a data set");
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
        CsvFile file = new CsvFile(data.toAbsolutePath());
        long rows = file.check(read);
        DataSet result;
        try (ProgressBar bar = progressBar(2 * rows)) {
            result = new DataSetRun(read, file, settings).execute(bar::stepTo);
            bar.stepTo(2 * rows);
        }
        PrintWriter err = spec.commandLine().getErr();
        result.problems().forEach(err::println);
        if (result.counts().unusable() > result.problems().size()) {
            err.println(
                    "… and %,d more unusable rows"
                            .formatted(result.counts().unusable() - result.problems().size()));
        }
        String json = new PidJson(result, settings).text();
        Path directory = options.directory;
        if (directory != null) {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("pid.json"), json + System.lineSeparator());
            Files.writeString(
                    directory.resolve("report.html"), new PidPage(result, settings).render());
        }
        Glyphs glyphs = Glyphs.of(terminalCharset());
        spec.commandLine()
                .getOut()
                .println(output.json ? json : new PidText(result, settings, glyphs).render());
    }

    /** What characters the terminal takes, which is not always what files are written in. */
    private static Charset terminalCharset() {
        String name = System.getProperty("sun.stdout.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    private static ProgressBar progressBar(long reads) {
        return new ProgressBarBuilder()
                .setTaskName("pid")
                .setInitialMax(reads)
                .setUnit(" rows read", 1)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build();
    }
}
