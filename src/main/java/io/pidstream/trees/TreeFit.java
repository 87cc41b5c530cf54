package io.pidstream.trees;

import io.pidstream.version.EpochReport;
import io.pidstream.version.HeldOutPredictions;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingException.Reason;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One fit of the trees of a version; used once. The number of trees of a forest is the one with the
 * smallest validation error. That many are then grown on the training and validation rows together,
 * for the newest rows are worth more than what they could still decide.
 */
final class TreeFit {
    private final Boosting boosting;
    private final int most;
    private final TrainingTask task;
    private final ModelShape shape;

    /** The training rows, then the validation rows. */
    private final TrainingSamples rows;

    /** Number of training rows. */
    private final int trained;

    private final ChannelScales channels;
    private final List<StandardFrame> frames = new ArrayList<>();

    /** Per target, the predictions of validation rows, in the target's unit. */
    private final List<double[]> checked = new ArrayList<>();

    /** Of the joint forest of the first target. */
    private final List<EpochReport> history = new ArrayList<>();

    /**
     * @param most number of trees of a forest
     * @param validation null for none, in which case all trees are kept
     */
    TreeFit(
            Boosting boosting,
            int most,
            TrainingTask task,
            TrainingSamples training,
            TrainingSamples validation) {
        this.boosting = boosting;
        this.most = most;
        this.task = task;
        this.shape = task.shape();
        this.trained = training.size();
        this.rows = validation == null ? training : training.and(validation);
        this.channels = ChannelScales.fit(shape, training);
        int[] modalityOf = StandardFrame.modalityOf(channels);
        for (int i = 0; i < rows.size(); i++) {
            frames.add(new StandardFrame(channels, modalityOf, rows.channels(i), rows.present(i)));
        }
    }

    /**
     * @param progress called for every tree of the first forest
     * @param cancelled polled before every tree
     */
    TrainedModel fit(Consumer<EpochReport> progress, BooleanSupplier cancelled)
            throws TrainingException {
        List<TargetTrees> targets = new ArrayList<>();
        for (int t = 0; t < shape.targets().size(); t++) {
            targets.add(target(t, t == 0 ? keep(progress) : null, cancelled));
        }
        TreeContent content = new TreeContent(shape, task.seed(), channels, targets);
        int best = targets.get(0).joint().size();
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("epochs", (double) history.size());
        metrics.put("bestEpoch", (double) best);
        metrics.put("trainingRows", (double) rows.size());
        return new TrainedModel(
                ModelArtefact.of(content, task.configurationHash(), task.parent(), metrics),
                history,
                best,
                trained == rows.size() ? null : new HeldOutPredictions(checked));
    }

    private Consumer<EpochReport> keep(Consumer<EpochReport> progress) {
        return report -> {
            history.add(report);
            progress.accept(report);
        };
    }

    private TargetTrees target(
            int target, Consumer<EpochReport> progress, BooleanSupplier cancelled)
            throws TrainingException {
        TargetScale scale =
                TargetScale.fit(
                        IntStream.range(0, trained)
                                .mapToDouble(row -> rows.targets(row)[target])
                                .toArray());
        if (!Double.isFinite(scale.mean()) || !Double.isFinite(scale.deviation())) {
            throw new TrainingException(
                    Reason.NOT_FINITE,
                    "%s has the mean %s and the deviation %s"
                            .formatted(
                                    shape.targets().get(target), scale.mean(), scale.deviation()));
        }
        List<Integer> all = IntStream.range(0, rows.size()).boxed().toList();
        Table joint = table(all, target, scale, StandardFrame::all);
        Joint together = joint(joint, all, scale, progress, cancelled);
        List<Forest> alone = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int m = 0; m < shape.count(); m++) {
            int modality = m;
            List<Integer> those = all.stream().filter(i -> rows.present(i)[modality]).toList();
            Table table = table(those, target, scale, frame -> frame.channels(modality));
            Forest forest = grow(table, cancelled);
            alone.add(forest);
            deviations.add(deviation(forest, table));
        }
        return new TargetTrees(scale, together.forest(), alone, together.leftOut(), deviations);
    }

    /**
     * The forest on all modalities, or without the optional one if its validation error is smaller
     * so.
     */
    private Joint joint(
            Table with,
            List<Integer> rows,
            TargetScale scale,
            Consumer<EpochReport> progress,
            BooleanSupplier cancelled)
            throws TrainingException {
        Grown best = grown(with, progress, cancelled);
        Table table = with;
        int leftOut = TrainingTask.NONE;
        if (task.optional() != TrainingTask.NONE && with.trained() < rows.size()) {
            Table without = with.of(rows, row -> frames.get(row).without(task.optional()));
            Grown other = grown(without, null, cancelled);
            if (other.error() < best.error()) {
                best = other;
                table = without;
                leftOut = task.optional();
            }
        }
        checked.add(best.predicted(table, scale));
        return new Joint(onAll(best, table, cancelled), leftOut);
    }

    private record Joint(Forest forest, int leftOut) {}

    /** Rows of one forest: features, and the standardised target. The training rows come first. */
    private record Table(float[][] features, float[] targets, int trained) {
        /** The same rows and targets with other features. */
        Table of(List<Integer> rows, IntFunction<float[]> other) {
            float[][] x = rows.stream().map(other::apply).toArray(float[][]::new);
            return new Table(x, targets, trained);
        }
    }

    /**
     * A forest on the training rows.
     *
     * @param trees how many of them have the smallest validation error
     * @param error that error, mean squared; 0 without validation rows
     */
    private record Grown(Forest forest, int trees, double error) {
        /** What these trees predict of the validation rows, in the target's unit. */
        double[] predicted(Table table, TargetScale scale) {
            double[] predicted = new double[table.targets().length - table.trained()];
            for (int i = 0; i < predicted.length; i++) {
                double sum = 0;
                for (int tree = 0; tree < trees; tree++) {
                    sum += forest.expect(tree, table.features()[table.trained() + i]);
                }
                predicted[i] = scale.unit(sum);
            }
            return predicted;
        }
    }

    private interface Features {
        float[] of(StandardFrame frame);
    }

    private Table table(List<Integer> those, int target, TargetScale scale, Features features) {
        float[][] x = new float[those.size()][];
        float[] y = new float[those.size()];
        int ofTraining = 0;
        for (int i = 0; i < x.length; i++) {
            int row = those.get(i);
            x[i] = features.of(frames.get(row));
            y[i] = (float) scale.standard(rows.targets(row)[target]);
            ofTraining += row < trained ? 1 : 0;
        }
        return new Table(x, y, ofTraining);
    }

    private Forest grow(Table table, BooleanSupplier cancelled) throws TrainingException {
        if (table.trained() == 0) {
            return new Forest.Builder(0).build();
        }
        return onAll(grown(table, null, cancelled), table, cancelled);
    }

    private Grown grown(Table table, Consumer<EpochReport> progress, BooleanSupplier cancelled)
            throws TrainingException {
        return best(
                boosting.grow(table.features(), table.targets(), table.trained(), most, cancelled),
                table,
                progress);
    }

    /** As many trees on the training and the validation rows. */
    private Forest onAll(Grown grown, Table table, BooleanSupplier cancelled)
            throws TrainingException {
        int n = table.targets().length;
        return table.trained() == n
                ? grown.forest()
                : boosting.grow(table.features(), table.targets(), n, grown.trees(), cancelled);
    }

    /**
     * Finds the number of trees, at least 1, with the smallest validation error; all without
     * validation rows.
     *
     * @param progress null if nobody asks for the errors on training rows, which costs most of it
     */
    private Grown best(Forest forest, Table table, Consumer<EpochReport> progress) {
        int n = table.targets().length;
        double[] validation = squares(forest, table, table.trained(), n);
        double[] training = progress == null ? null : squares(forest, table, 0, table.trained());
        boolean all = table.trained() == n;
        double least = Double.POSITIVE_INFINITY;
        int best = 1;
        for (int tree = 0; tree < forest.size(); tree++) {
            boolean better = all || validation[tree] < least;
            if (better) {
                least = validation[tree];
                best = tree + 1;
            }
            if (training != null) {
                double shown = all ? Double.NaN : validation[tree];
                progress.accept(report(tree + 1, training[tree], shown, better));
            }
        }
        return new Grown(forest, best, all ? 0 : least);
    }

    /** Mean squared errors of the first tree, the first two, and so on, on some rows. */
    private static double[] squares(Forest forest, Table table, int from, int to) {
        double[] squares = new double[forest.size()];
        for (int i = from; i < to; i++) {
            double prediction = 0;
            for (int tree = 0; tree < squares.length; tree++) {
                prediction += forest.predict(tree, table.features()[i]);
                double error = prediction - table.targets()[i];
                squares[tree] += error * error / (to - from);
            }
        }
        return squares;
    }

    private EpochReport report(int tree, double training, double validation, boolean best) {
        return new EpochReport(tree, most, training, 0, 0, 0, validation, best, null, true, null);
    }

    private static double deviation(Forest forest, Table table) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < table.trained(); i++) {
            double prediction = forest.predict(table.features()[i]);
            double delta = prediction - mean;
            mean += delta / (i + 1);
            squares += delta * (prediction - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, table.trained()));
        return deviation > 0 ? deviation : 1;
    }
}
