package io.pidstream.train;

import io.pidstream.avro.ModelVersion;
import io.pidstream.version.ArtefactDirectory;
import io.pidstream.version.HoldOutErrors;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.StoredParameters;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKinds;
import io.pidstream.version.VersionTrainer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Trains a version, starting from the active one or from scratch, and compares the two on the
 * newest rows, which are used neither for training nor for early stopping. What is grown anew in
 * any case is compared with a line on them by what was grown without them, and is then grown on all
 * rows, for the newest are worth most. The same rows, active version and settings give the same
 * outcome. Every failure is reported as an outcome.
 */
public final class FineTuning implements Attempt {
    /** With fewer rows a comparison is meaningless. */
    private static final int FEWEST_ROWS = 64;

    /** Share of the remaining rows (the newest) for early stopping. */
    private static final double VALIDATION = 0.125;

    /** Steps of a training from scratch, and of one that starts from the active version. */
    private static final int STEPS = 400;

    private static final int WARM_STEPS = 250;

    private final FineTuneSettings settings;
    private final String device;
    private final StoredParameters stored = new StoredParameters();
    private final ArtefactDirectory directory;

    /**
     * @param device auto, cpu, or gpu:N; instead of that of the settings
     */
    public FineTuning(FineTuneSettings settings, String device) {
        this.settings = settings;
        this.device = device;
        this.directory = new ArtefactDirectory(settings.artefacts());
    }

    @Override
    public Outcome run(List<LabelledRow> rows, ModelVersion active, BooleanSupplier cancelled) {
        Long parent = active == null ? null : (Long) active.getVersion();
        if (rows.size() < FEWEST_ROWS) {
            return Outcome.failed(
                    Ending.TOO_FEW_SAMPLES,
                    "there are %d labelled frames, at least %d are needed"
                            .formatted(rows.size(), FEWEST_ROWS),
                    parent);
        }
        try {
            return train(rows, active, cancelled);
        } catch (TrainingException e) {
            return Outcome.failed(ending(e), e.getMessage(), parent);
        } catch (ModelRefusedException e) {
            return Outcome.failed(
                    Ending.ACTIVE_REFUSED,
                    "the active version %s cannot be used: %s".formatted(parent, e.getMessage()),
                    parent);
        } catch (OutOfMemoryError e) {
            return Outcome.failed(Ending.OUT_OF_MEMORY, "out of memory: " + e, parent);
        } catch (RuntimeException | LinkageError e) {
            // The engine may throw anything; none of it may fail the job.
            return Outcome.failed(Ending.ENGINE, "training failed: " + e, parent);
        }
    }

    private static Ending ending(TrainingException e) {
        return switch (e.reason()) {
            case CANCELLED -> Ending.CANCELLED;
            case NOT_FINITE -> Ending.NOT_FINITE;
            case OUT_OF_MEMORY -> Ending.OUT_OF_MEMORY;
            case ENGINE -> Ending.ENGINE;
            case TOO_FEW_SAMPLES -> Ending.TOO_FEW_SAMPLES;
        };
    }

    private Outcome train(List<LabelledRow> rows, ModelVersion active, BooleanSupplier cancelled)
            throws TrainingException {
        ModelArtefact rival = active == null ? null : load(active);
        TrainingSamples samples = new TrainingSamples();
        rows.forEach(row -> row.addTo(samples, settings.encoded()));
        TrainingSamples.Split split = samples.split(settings.holdOut());
        // What is grown anew was grown on all rows there were: its errors on them say nothing.
        boolean comparable = rival != null && !VersionKinds.of(rival).growsAnew();
        boolean warmStart = comparable && rival.manifest().shape().equals(settings.shape());
        Long parent = warmStart ? (Long) active.getVersion() : null;
        boolean growsAnew = VersionKinds.of(settings.shape().type()).growsAnew();
        TrainingSamples.Split rowsOfTraining = growsAnew ? split : split.older().split(VALIDATION);
        TrainedModel model = train(rowsOfTraining, parent, warmStart ? rival : null, cancelled);
        ModelArtefact artefact = model.artefact();
        HoldOutErrors errors =
                growsAnew
                        ? model.validation().errors(split.newer())
                        : errors(artefact, split.newer());
        HoldOutErrors others =
                comparable ? errors(rival, split.newer()) : linear(split).errors(split.newer());
        Map<String, Double> metrics = new TreeMap<>(artefact.manifest().metrics());
        metrics.put("holdOutRows", (double) split.newer().size());
        errors.putInto(metrics, "", settings.targets());
        others.putInto(metrics, comparable ? "active" : "linear", settings.targets());
        String comparison =
                String.format(
                        Locale.ROOT,
                        "RMSE %s on the newest %,d of %,d frames; %s has %s",
                        errors.text(),
                        split.newer().size(),
                        samples.size(),
                        comparable
                                ? "the active version " + active.getVersion()
                                : "a linear regression on the channels",
                        others.text());
        if (!errors.isBetterThan(others)) {
            return new Outcome(Ending.NOT_BETTER, comparison, artefact, null, parent, metrics);
        }
        return stored(artefact, comparison, parent, metrics);
    }

    /**
     * @param initial for a warm start; null for training from scratch
     */
    private TrainedModel train(
            TrainingSamples.Split rows,
            Long parent,
            ModelArtefact initial,
            BooleanSupplier cancelled)
            throws TrainingException {
        ModelShape shape = settings.shape();
        TrainingTask task =
                new TrainingTask(
                        shape,
                        settings.configurationHash(),
                        settings.seed(),
                        parent,
                        initial,
                        initial == null ? STEPS : WARM_STEPS,
                        settings.optional());
        return VersionKinds.of(shape.type())
                .trainer(settings.training(), device)
                .train(task, rows.older(), rows.newer(), epoch -> {}, cancelled);
    }

    /**
     * Estimated cost of all trainings while frames of a stream are labelled, in the seconds of
     * {@link VersionTrainer#seconds}: each from scratch, as where no version becomes active.
     *
     * @param labelled number of frames
     */
    public static double seconds(FineTuneSettings settings, long labelled) {
        ModelShape shape = settings.shape();
        VersionTrainer trainer =
                VersionKinds.of(shape.type()).trainer(settings.training(), settings.device());
        double validation = VersionKinds.of(shape.type()).growsAnew() ? 0 : VALIDATION;
        double seconds = 0;
        long buffered = 0;
        for (long n = settings.every();
                n <= labelled;
                n += Triggers.between(settings.every(), buffered)) {
            buffered = Math.min(n, (long) settings.recent() + settings.sample());
            double rows = buffered * (1 - settings.holdOut()) * (1 - validation);
            seconds += trainer.seconds(shape, (int) Math.round(rows), STEPS);
        }
        return seconds;
    }

    private ModelArtefact load(ModelVersion active) {
        ModelArtefact artefact = ModelRecords.toArtefact(active, stored);
        ModelShape shape = artefact.manifest().shape();
        shape.requireFits(settings.modalities().channelsOf(shape.names()), settings.targets());
        return artefact;
    }

    private LinearBaseline linear(TrainingSamples.Split split) {
        return LinearBaseline.fit(
                split.older(), settings.encoded().channelCount(), settings.targets().size());
    }

    private HoldOutErrors errors(ModelArtefact artefact, TrainingSamples rows) {
        try (VersionEncoder encoder = VersionKinds.of(artefact).encoder(artefact, device)) {
            return HoldOutErrors.of(rows, settings.targets().size(), encoder.encode(rows));
        }
    }

    /**
     * Stores the parameters before the record is emitted, so that every reader of the record finds
     * them.
     */
    private Outcome stored(
            ModelArtefact artefact, String comparison, Long parent, Map<String, Double> metrics) {
        try {
            return new Outcome(
                    Ending.CANDIDATE,
                    comparison,
                    artefact,
                    directory.store(artefact),
                    parent,
                    metrics);
        } catch (IOException e) {
            return new Outcome(Ending.NOT_STORED, e.getMessage(), artefact, null, parent, metrics);
        }
    }
}
