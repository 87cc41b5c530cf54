package io.pidstream.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtGradientCollector;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.pidstream.version.EpochReport;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One training of one network; used once. */
final class TrainingRun {
    private static final int MOST_ROWS = 1024;

    /** Rows whose decomposition gives the weights of fusion. */
    private static final int FUSION_ROWS = 4096;

    private final NDManager manager;
    private final TrainingSettings settings;
    private final TrainingTask task;
    private final ModelShape shape;
    private final List<FeatureMap> features;
    private final List<TargetScale> scales;
    private final SampleTable training;
    private final SampleTable validation;
    private final Network network;
    private final ParameterStore store;
    private final Steps steps;
    private final Objective objective;
    private final Schedule schedule;
    private final FusionSchedule fusion;
    private final int[] fusionRows;
    private final TrainingSamples fusionSamples;
    private final SplittableRandom random;

    private int step;

    /** Parameters and fusion weights of the best epoch. */
    private List<Tensor> bestTensors;

    private FusionWeights bestFusion;
    private double bestError = Double.POSITIVE_INFINITY;
    private int bestEpoch;

    TrainingRun(
            NDManager manager,
            TrainingSettings settings,
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation) {
        this.manager = manager;
        this.settings = settings;
        this.task = task;
        this.shape = task.shape();
        ModelContent initial = task.initial() == null ? null : ModelContent.of(task.initial());
        this.features = initial == null ? fitFeatures(training) : initial.features();
        this.scales = initial == null ? fitTargets(training) : initial.targets();
        List<FeatureMap> kernels =
                settings.conditional() > 0 ? fit(EncoderType.PIDREG, training) : List.of();
        this.training = new SampleTable(manager, training, features, kernels, scales);
        this.validation =
                validation == null || validation.size() == 0
                        ? null
                        : new SampleTable(manager, validation, features, List.of(), scales);
        int[] sizes = features.stream().mapToInt(FeatureMap::size).toArray();
        this.network = new Network(shape, sizes, settings.bottleneck());
        if (initial == null) {
            network.initialise(manager, task.seed());
        } else {
            network.load(manager, initial.tensors());
            network.setFusion(initial.fusion());
        }
        network.getParameters()
                .values()
                .forEach(p -> p.getArray().setRequiresGradient(p.requiresGradient()));
        this.store = new ParameterStore(manager, false);
        this.schedule = Schedule.of(settings, task, training.size());
        this.steps = new Steps(settings);
        this.objective = new Objective(settings, shape);
        this.fusion = new FusionSchedule(settings.equalFusion());
        this.random = new SplittableRandom(task.seed() + 1);
        this.fusionRows = fusionRows(training.size(), task.seed() + 2);
        this.fusionSamples = training.some(fusionRows);
    }

    /** All rows, or as many as suffice, drawn at random. */
    private static int[] fusionRows(int n, long seed) {
        int[] order = shuffled(n, new SplittableRandom(seed));
        return Arrays.stream(order, 0, Math.min(n, FUSION_ROWS)).sorted().toArray();
    }

    private List<FeatureMap> fitFeatures(TrainingSamples samples) {
        return fit(EncoderType.of(shape.type()), samples);
    }

    private List<FeatureMap> fit(EncoderType type, TrainingSamples samples) {
        List<FeatureMap> maps = new ArrayList<>();
        for (int m = 0; m < shape.count(); m++) {
            List<double[]> rows = samples.rowsOf(m);
            // A modality that is never present has no scale; it is not used at inference either.
            List<double[]> known = rows.isEmpty() ? List.of(new double[shape.channels(m)]) : rows;
            maps.add(FeatureMap.fit(type, known, settings.pieces()));
        }
        return maps;
    }

    private List<TargetScale> fitTargets(TrainingSamples samples) {
        return IntStream.range(0, shape.targets().size())
                .mapToObj(t -> TargetScale.fit(samples.target(t)))
                .toList();
    }

    TrainedModel run(Consumer<EpochReport> progress, BooleanSupplier cancelled)
            throws TrainingException {
        List<EpochReport> history = new ArrayList<>();
        if (task.initial() != null && validation != null) {
            keepIfBest(0, validationError(0), network.fusion());
        }
        for (int epoch = 1; epoch <= schedule.epochs(); epoch++) {
            double[] terms = epoch(cancelled);
            FusionWeights used = network.fusion();
            double error = validationError(epoch);
            boolean best = keepIfBest(epoch, error, used);
            String note = null;
            if (!fusion.isFrozen()) {
                note = fusion.update(network, shape, latentRows(), scales, fusionSamples);
            }
            EpochReport report =
                    new EpochReport(
                            epoch,
                            schedule.epochs(),
                            terms[0],
                            terms[1],
                            terms[2],
                            terms[3],
                            error,
                            best,
                            used,
                            fusion.isFrozen(),
                            note);
            history.add(report);
            progress.accept(report);
            if (epoch - bestEpoch >= schedule.patience()) {
                break;
            }
        }
        return new TrainedModel(artefact(history), history, bestEpoch, null);
    }

    /** NaN without validation rows. */
    private double validationError(int epoch) throws TrainingException {
        if (validation == null) {
            return Double.NaN;
        }
        double error = error(validation);
        if (!Double.isFinite(error)) {
            throw new TrainingException(
                    Reason.NOT_FINITE,
                    "after epoch %d the validation error is %s".formatted(epoch, error));
        }
        return error;
    }

    /** Without validation rows the newest epoch is the best. */
    private boolean keepIfBest(int epoch, double error, FusionWeights used) {
        if (validation != null && !(error < bestError)) {
            return false;
        }
        bestError = error;
        bestEpoch = epoch;
        bestTensors = network.tensors();
        bestFusion = used;
        return true;
    }

    private ModelArtefact artefact(List<EpochReport> history) throws TrainingException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Tensor tensor : bestTensors) {
            if (!tensor.isFinite()) {
                throw new TrainingException(
                        Reason.NOT_FINITE,
                        "after epoch %d parameter %s is not finite"
                                .formatted(bestEpoch, tensor.name()));
            }
            tensors.put(tensor.name(), tensor);
        }
        ModelContent content =
                new ModelContent(shape, task.seed(), features, scales, bestFusion, tensors);
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("epochs", (double) history.size());
        metrics.put("bestEpoch", (double) bestEpoch);
        metrics.put("trainingRows", (double) training.size());
        return ModelArtefact.of(content, task.configurationHash(), task.parent(), metrics);
    }

    /**
     * One pass over the rows, or over some of them if there are more than the schedule has steps
     * for; returns the means of the four terms.
     */
    private double[] epoch(BooleanSupplier cancelled) throws TrainingException {
        int n = training.size();
        int[] order = shuffled(n, random);
        double[] sums = new double[Objective.TERMS];
        for (int b = 0; b < schedule.batches(); b++) {
            if (cancelled.getAsBoolean()) {
                throw new TrainingException(
                        Reason.CANCELLED, "training was cancelled after %d steps".formatted(step));
            }
            double[] terms =
                    step(
                            order,
                            schedule.firstRow(b, n),
                            schedule.firstRow(b + 1, n),
                            schedule.rate(step));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += terms[i] / schedule.batches();
            }
            step++;
        }
        return sums;
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    private double[] step(int[] order, int from, int to, double share) throws TrainingException {
        int k = shape.count();
        int size = to - from;
        int[] rows = new int[size];
        float[] presence = new float[size * k];
        List<Integer> complete = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rows[i] = order[from + i];
            if (training.samples().isComplete(rows[i])) {
                complete.add(i);
            }
            drop(training.samples().present(rows[i]), presence, i * k);
        }
        int seed = random.nextInt();
        network.masks().restart(seed);
        // Only one gradient collector may be open per process, and it shares the process's random
        // numbers.
        synchronized (PtGradientCollector.class) {
            Engine engine = TorchEngine.get();
            engine.setRandomSeed(seed);
            try (NDManager scope = manager.newSubManager();
                    GradientCollector collector = engine.newGradientCollector()) {
                Objective.Terms terms = terms(scope, rows, presence, complete);
                requireFinite(terms.values());
                collector.backward(terms.total());
                steps.step(network, share);
                return terms.values();
            }
        }
    }

    private Objective.Terms terms(
            NDManager scope, int[] rows, float[] presence, List<Integer> complete) {
        NDArray index = scope.create(rows);
        NDList inputs = training.features(scope, index);
        inputs.add(scope.create(presence, new Shape(rows.length, shape.count())));
        return objective.evaluate(
                network.forward(store, inputs, true),
                training.standard(scope, index),
                training.scores(scope, index),
                settings.conditional() > 0 ? training.channels(scope, index) : new NDList(),
                complete.stream().mapToInt(Integer::intValue).toArray());
    }

    private void requireFinite(double[] values) throws TrainingException {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new TrainingException(
                        Reason.NOT_FINITE,
                        "in step %d the terms of the loss are squared error %s, normality %s, conditional information %s, joint normality %s"
                                .formatted(step, values[0], values[1], values[2], values[3]));
            }
        }
    }

    /** The presence of a row, sometimes with one modality dropped. */
    private void drop(boolean[] present, float[] presence, int offset) {
        int there = 0;
        for (int m = 0; m < present.length; m++) {
            presence[offset + m] = present[m] ? 1 : 0;
            there += present[m] ? 1 : 0;
        }
        if (settings.modalityDropout() == 0 || there < 2) {
            return;
        }
        boolean drops = random.nextDouble() < settings.modalityDropout();
        int dropped = random.nextInt(there);
        for (int m = 0; m < present.length && drops; m++) {
            if (present[m] && dropped-- == 0) {
                presence[offset + m] = 0;
            }
        }
    }

    /** Mean squared error of the ensemble mean, over standardised targets. */
    private double error(SampleTable table) {
        double[] sum = new double[1];
        int t = shape.targets().size();
        int members = shape.members();
        forward(
                table,
                IntStream.range(0, table.size()).toArray(),
                (outputs, standard, from) -> {
                    float[] predicted = outputs.get(0).toFloatArray();
                    for (int i = 0; i < standard.length; i++) {
                        double mean = 0;
                        for (int member = 0; member < members; member++) {
                            int at = (i / t * members + member) * t + i % t;
                            mean += predicted[at] / members;
                        }
                        sum[0] += (mean - standard[i]) * (mean - standard[i]);
                    }
                });
        return sum[0] / ((double) table.size() * t);
    }

    /** Latents of the rows whose decomposition is computed, [n][K·d]. */
    private double[][] latentRows() {
        int k = shape.count();
        int d = shape.latent();
        double[][] latents = new double[fusionRows.length][k * d];
        forward(
                training,
                fusionRows,
                (outputs, standard, from) -> {
                    for (int m = 0; m < k; m++) {
                        float[] z = outputs.get(1 + m).toFloatArray();
                        for (int i = 0; i < z.length; i++) {
                            latents[from + i / d][m * d + i % d] = z[i];
                        }
                    }
                });
        return latents;
    }

    private interface Rows {
        void accept(NDList outputs, float[] standard, int from);
    }

    /** A forward pass over some rows at inference, in parts. */
    private void forward(SampleTable table, int[] of, Rows rows) {
        int k = shape.count();
        for (int from = 0; from < of.length; from += MOST_ROWS) {
            int[] part = Arrays.copyOfRange(of, from, Math.min(of.length, from + MOST_ROWS));
            float[] presence = new float[part.length * k];
            for (int i = 0; i < presence.length; i++) {
                presence[i] = table.samples().present(part[i / k])[i % k] ? 1 : 0;
            }
            try (NDManager scope = manager.newSubManager()) {
                NDArray index = scope.create(part);
                NDList inputs = table.features(scope, index);
                inputs.add(scope.create(presence, new Shape(part.length, k)));
                NDList outputs = network.forward(store, inputs, false);
                rows.accept(outputs, table.standard(scope, index).toFloatArray(), from);
            }
        }
    }
}
