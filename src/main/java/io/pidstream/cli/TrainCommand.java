package io.pidstream.cli;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.EncoderHash;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.UnusableDataException;
import io.pidstream.dataset.TrainingData;
import io.pidstream.event.Modality;
import io.pidstream.report.TrainingPage;
import io.pidstream.report.TrainingReport;
import io.pidstream.version.EpochReport;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionKinds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains encoders offline on a file: boosted trees; or, with encoder.type: piecewise or"
                    + " pidreg, one network per modality with nearly Gaussian latents, which are"
                    + " fused with weights from their decomposition; or both, whose predictions are"
                    + " mixed.",
            "Rows are split by a column named split (train, validation, test), or else by time,"
                    + " 70/10/20. Training stops when the validation error no longer decreases; the"
                    + " best epoch is kept."
        },
        footer = {
            "",
            "Example:  pidstream train --config deploy/examples/superconductors.yaml \\",
            "              --data superconductors.csv.gz --output model/",
            "",
            "model/ then has the version (manifest.json, parameters) and report.html.",
            "The progress bar shows the squared error in training and validation, and the other"
                + " terms of the loss: n normality, c conditional information, j joint normality.",
            "The encoder section of the configuration sets what is trained, and how."
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Mixin OutputOptions output;

    @Mixin DataOptions data;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Output directory for the version and a report.")
    Path directory;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random numbers; overrides encoder.seed.")
    Integer seed;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (seed != null) {
            config.overrides.put("encoder.seed", seed.toString());
        }
        PipelineConfig read = config.read(spec.commandLine().getErr());
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw problem("--output: %s: expected a directory".formatted(directory));
        }
        DataOptions.create(directory);
        PrintWriter err = spec.commandLine().getErr();
        TrainingData rows;
        try (CsvData file = data.open(read, spec)) {
            rows = TrainingData.read(read, file);
            rows.problems().lines().forEach(err::println);
            rows.problems().warning(file.rows()).ifPresent(err::println);
        }
        err.println(check(read));
        long start = System.nanoTime();
        TrainedModel model = train(read, rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        TrainingReport report = TrainingReport.of(read, model, rows, seconds);
        write(report);
        spec.commandLine().getOut().println(output.json ? report.json() : report.text());
        return 0;
    }

    private static String check(PipelineConfig read) {
        try {
            PipelineConfig.Encoder encoder = read.encoder();
            return VersionKinds.of(encoder.type()).check(encoder.device());
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage());
        }
    }

    private TrainedModel train(PipelineConfig read, TrainingData rows) {
        PipelineConfig.Encoder encoder = read.encoder();
        List<ModalityShape> modalities =
                read.modalities().all().stream()
                        .map(modality -> shape(modality, encoder.latent()))
                        .toList();
        ModelShape shape =
                VersionKinds.of(encoder.type())
                        .sized(
                                new ModelShape(
                                        encoder.type(),
                                        modalities,
                                        read.target().names(),
                                        encoder.hidden(),
                                        encoder.members()));
        TrainingTask task =
                new TrainingTask(shape, EncoderHash.of(read), encoder.seed(), null, null);
        int epochs = encoder.training().epochs();
        try (ProgressBar bar = Progress.bar(spec, epochs)) {
            TrainedModel model =
                    VersionKinds.of(encoder.type())
                            .trainer(encoder.training(), encoder.device())
                            .train(
                                    task,
                                    rows.training(),
                                    rows.validation(),
                                    report -> show(bar, report),
                                    () -> false);
            bar.stepTo(epochs);
            return model;
        } catch (TrainingException e) {
            if (e.reason() == TrainingException.Reason.TOO_FEW_SAMPLES) {
                throw new UnusableDataException("--data: " + e.getMessage());
            }
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static ModalityShape shape(Modality modality, int latent) {
        return new ModalityShape(modality.name(), modality.channels(), latent);
    }

    private static void show(ProgressBar bar, EpochReport report) {
        bar.setExtraMessage(
                String.format(
                        Locale.ROOT,
                        " mse %.3f val %.3f n %.2f c %.2f j %.2f",
                        report.squaredError(),
                        report.validationError(),
                        report.normality(),
                        report.conditional(),
                        report.joint()));
        bar.stepTo(report.epoch());
    }

    private void write(TrainingReport report) throws IOException {
        report.model().artefact().withMetrics(report.metrics()).write(directory);
        Files.writeString(directory.resolve("report.html"), new TrainingPage(report).render());
    }

    private static ConfigurationException problem(String line) {
        return new ConfigurationException(List.of(line));
    }
}
