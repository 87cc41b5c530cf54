package io.pidstream.cli;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.UnusableDataException;
import io.pidstream.filerun.Evaluation;
import io.pidstream.filerun.FileRun;
import io.pidstream.filerun.FrameCounts;
import io.pidstream.filerun.OutputFiles;
import io.pidstream.pipeline.TrainingChoice;
import io.pidstream.report.EvaluationPage;
import io.pidstream.report.EvaluationReport;
import io.pidstream.simulate.Injection;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the pipeline over a file, without Kafka: every row is first predicted, then"
                    + " learned (test-then-train).",
            "The job graph is that of 'run serve', with the file instead of the topics."
        },
        footer = {
            "",
            "Example:  pidstream evaluate --config deploy/examples/air-quality.yaml \\",
            "              --data air-quality-co.csv --output out/",
            "          pidstream evaluate --config deploy/examples/gas-turbine.yaml \\",
            "              --data gas-turbine-nox.csv --fine-tune",
            "",
            "out/ then has predictions.jsonl and, as a flat table, predictions.csv;",
            "explanations.jsonl, alerts.jsonl and report.html; if encoders are trained also",
            "versions.jsonl."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Mixin OutputOptions output;

    @Mixin DataOptions data;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Output directory for predictions, explanations, alerts and a report.")
    Path directory;

    @Option(
            names = "--warm-up",
            defaultValue = "200",
            description =
                    "Number of labels, the first ones in event time, that are learned but not"
                            + " scored (${DEFAULT-VALUE}).")
    long warmUp;

    @Option(
            names = "--label-delay",
            paramLabel = "PT24H",
            description =
                    "Delay after its slot until a label becomes known; overrides csv.label-delay.")
    Duration labelDelay;

    @Option(
            names = "--parallelism",
            defaultValue = "1",
            description = "Parallelism; does not affect the result (${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Directory of a version written by 'pidstream train', which encodes every"
                            + " frame. Without it, the raw channels are used.")
    Path model;

    @Option(
            names = "--fine-tune",
            negatable = true,
            description = {
                "Whether encoders are trained meanwhile, every encoder.fine-tune-every labelled"
                    + " frames (see --set), run as shadows of the active version and promoted once"
                    + " they predict better, like 'run serve' and 'run train' together. By default"
                    + " they are, unless --model is given, if this is estimated to take at most as"
                    + " long as the rest, and less often if both would take more than a minute; the"
                    + " last lines of the output say so. The output depends on the file alone."
            })
    Boolean fineTune;

    @Option(
            names = "--inject",
            paramLabel = "R1:0.6[:ramp]",
            description = {
                "Injects a shift into a copy of the file, in this example after 60 %% of the rows,"
                        + " to see the resulting alerts; with :ramp it grows over 500 rows.",
                "R0: nothing. R1: the first modality becomes independent of the target. R2: the"
                    + " second modality gets noise of three standard deviations. R3: the best"
                    + " channel of the first freezes. R4: the best channels of both are swapped."
                    + " R5: all channels of the first are disturbed by one channel of the second."
            })
    String inject;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PipelineConfig read = read();
        Injection injection = inject == null ? null : Injection.parse(inject);
        List<ModelVersion> versions = model == null ? List.of() : List.of(version(read));
        if (directory != null) {
            DataOptions.create(directory);
        }
        long start = System.nanoTime();
        Path work = Files.createTempDirectory("pidstream-evaluate");
        try (CsvData rows = data.open(read, spec)) {
            CsvData used = injection == null ? rows : injected(rows, injection);
            run(read, used, versions, work, start);
        } finally {
            // Tolerates that the cluster deletes its own files during shutdown.
            FileUtils.deleteDirectory(work.toFile());
        }
        return 0;
    }

    private PipelineConfig read() {
        if (labelDelay != null) {
            config.overrides.put("csv.label-delay", labelDelay.toString());
        }
        PipelineConfig read = config.read(spec.commandLine().getErr());
        List<String> problems = new ArrayList<>();
        if (read.csv().labelDelay().compareTo(read.target().maxDelay()) > 0) {
            problems.add(
                    "csv.label-delay: %s: expected at most target.max-delay, %s"
                            .formatted(read.csv().labelDelay(), read.target().maxDelay()));
        }
        if (parallelism < 1 || parallelism > FileRun.MOST_PARALLELISM) {
            problems.add(
                    "--parallelism: %d: expected 1 to %d"
                            .formatted(parallelism, FileRun.MOST_PARALLELISM));
        }
        if (warmUp < 0) {
            problems.add("--warm-up: %d: expected 0 or more".formatted(warmUp));
        }
        if (directory != null && Files.exists(directory) && !Files.isDirectory(directory)) {
            problems.add("--output: %s: expected a directory".formatted(directory));
        }
        if (inject != null) {
            try {
                if (Injection.parse(inject).after() != null) {
                    problems.add(
                            "--inject: %s: expected a share of the rows, such as R1:0.6"
                                    .formatted(inject));
                }
            } catch (IllegalArgumentException e) {
                problems.add("--inject: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return read;
    }

    private CsvData injected(CsvData rows, Injection injection) throws IOException {
        CsvData injected = rows.inject(injection);
        DataOptions.print(injected, spec);
        return injected;
    }

    private void run(
            PipelineConfig read, CsvData data, List<ModelVersion> versions, Path work, long start)
            throws Exception {
        long rows = data.rows();
        TrainingChoice training = training(read, rows);
        FileRun run =
                new FileRun(
                        training.applied(read),
                        data,
                        work,
                        parallelism,
                        directory != null,
                        versions,
                        training.trains());
        Map<String, Object> counts;
        try (ProgressBar bar = Progress.bar(spec, rows, "frames")) {
            counts = run.execute(bar::stepTo);
            bar.stepTo(rows);
        }
        Evaluation evaluation = Evaluation.of(run, warmUp);
        if (model == null) {
            requireLabels(data, evaluation);
        }
        requireScores(data, evaluation);
        double seconds = (System.nanoTime() - start) / 1e9;
        EvaluationReport report =
                new EvaluationReport(read, evaluation, training, FrameCounts.of(counts), seconds);
        if (directory != null) {
            writeFiles(read, run, report);
        }
        PrintWriter err = spec.commandLine().getErr();
        evaluation.deadLetters().lines().forEach(err::println);
        evaluation.deadLetters().warning(rows).ifPresent(err::println);
        spec.commandLine().getOut().println(output.json ? report.json() : report.text());
    }

    /** Nothing was predicted that could be compared with anything. */
    private static void requireLabels(CsvData data, Evaluation evaluation) {
        if (evaluation.labels() == 0) {
            throw new UnusableDataException(
                    "--data: %s: none of the %,d rows has a target that could be learned%s"
                            .formatted(
                                    data.name(),
                                    data.rows(),
                                    evaluation
                                            .deadLetters()
                                            .commonest()
                                            .map(most -> "; most often: " + most)
                                            .orElse("")));
        }
    }

    /** With the default, a short file still shows that it can be read. */
    private void requireScores(CsvData data, Evaluation evaluation) {
        boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--warm-up");
        if (asked && evaluation.labels() > 0 && evaluation.labels() <= warmUp) {
            throw new UnusableDataException(
                    "--warm-up: %,d: expected fewer than the %,d labels of %s, the others are scored"
                            .formatted(warmUp, evaluation.labels(), data.name()));
        }
    }

    private TrainingChoice training(PipelineConfig read, long rows) {
        if (fineTune != null) {
            return TrainingChoice.asked(fineTune);
        }
        return model != null ? TrainingChoice.given() : TrainingChoice.byCost(read, rows);
    }

    private ModelVersion version(PipelineConfig read) {
        try {
            ModelArtefact artefact = ModelArtefact.read(model);
            ModelShape shape = artefact.manifest().shape();
            shape.requireFits(read.encodable().channelsOf(shape.names()), read.target().names());
            boolean inline = ModelRecords.fitsInline(artefact);
            return ModelRecords.toRecord(
                    artefact,
                    1,
                    ModelState.ACTIVE,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    inline
                            ? null
                            : model.toAbsolutePath()
                                    .resolve(ModelArtefact.PARAMETERS_FILE)
                                    .toUri()
                                    .toString(),
                    "given on the command line");
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "--model: %s: expected the directory of a version: %s"
                                    .formatted(model, e.getMessage())));
        } catch (ModelRefusedException e) {
            throw new ConfigurationException(
                    List.of("--model: %s: %s".formatted(model, e.getMessage())));
        }
    }

    private void writeFiles(PipelineConfig read, FileRun run, EvaluationReport report)
            throws IOException {
        new OutputFiles(directory, read).write(run.outputs(), run.fineTuned());
        Files.writeString(
                directory.resolve("report.html"), new EvaluationPage(report, run).render());
    }
}
