package io.pidstream.trees;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows whose targets are nonlinear by construction, and trees for them. */
final class SimulatedRows {
    static final TreeKind KIND = new TreeKind();

    private SimulatedRows() {}

    /** Modalities a, b, … of two channels each, and the targets y and z. */
    static ModelShape shape(int modalities) {
        List<ModalityShape> shapes = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            shapes.add(new ModalityShape(String.valueOf((char) ('a' + m)), List.of("p", "q"), 8));
        }
        return KIND.sized(new ModelShape("trees", shapes, List.of("y", "z"), List.of(64), 2));
    }

    /** y = 10 + p_a p_b + |q_a| + noise, z = 1e6 + 10 sin 2p_b + noise. */
    static TrainingSamples samples(int modalities, int rows, long seed) {
        Random random = new Random(seed);
        TrainingSamples samples = new TrainingSamples();
        for (int i = 0; i < rows; i++) {
            double[][] x = new double[modalities][2];
            for (double[] channels : x) {
                channels[0] = random.nextGaussian();
                channels[1] = random.nextGaussian();
            }
            double noise = 0.1 * random.nextGaussian();
            double y = 10 + x[0][0] * x[1][0] + Math.abs(x[0][1]) + noise;
            double z = 1e6 + 10 * Math.sin(2 * x[1][0]) + noise;
            boolean[] present = new boolean[modalities];
            Arrays.fill(present, true);
            samples.add(x, present, new double[] {y, z}, i);
        }
        return samples;
    }

    /** The same rows without a modality. */
    static TrainingSamples without(int absent, TrainingSamples samples) {
        TrainingSamples gaps = new TrainingSamples();
        for (int i = 0; i < samples.size(); i++) {
            boolean[] present = samples.present(i).clone();
            double[][] channels = samples.channels(i).clone();
            present[absent] = false;
            channels[absent] = null;
            gaps.add(channels, present, samples.targets(i), samples.time(i));
        }
        return gaps;
    }

    static TrainingSettings settings(int trees) {
        TrainingSettings d = KIND.defaults("trees");
        return new TrainingSettings(
                trees, 256, d.learningRate(), 0, false, trees, 0, 0, 0, false, 0, true, d.pieces());
    }

    static TrainedModel train(
            ModelShape shape, TrainingSamples training, TrainingSamples validation, int trees)
            throws TrainingException {
        return train(shape, training, validation, trees, TrainingTask.NONE);
    }

    /**
     * @param optional a modality that may be left out
     */
    static TrainedModel train(
            ModelShape shape,
            TrainingSamples training,
            TrainingSamples validation,
            int trees,
            int optional)
            throws TrainingException {
        return KIND.trainer(settings(trees), "cpu")
                .train(
                        new TrainingTask(
                                shape, "hash", 7, null, null, TrainingTask.NO_LIMIT, optional),
                        training,
                        validation,
                        report -> {},
                        () -> false);
    }

    static EncodedBatch encode(ModelArtefact artefact, TrainingSamples samples) {
        try (VersionEncoder encoder = KIND.encoder(artefact, "cpu")) {
            return encoder.encode(samples);
        }
    }

    /** Root of the mean squared error of a target. */
    static double error(ModelArtefact artefact, TrainingSamples samples, int target) {
        EncodedBatch encoded = encode(artefact, samples);
        double squares = 0;
        for (int i = 0; i < samples.size(); i++) {
            double delta = encoded.prediction(i, target) - samples.targets(i)[target];
            squares += delta * delta;
        }
        return Math.sqrt(squares / samples.size());
    }

    /** Standard deviation of a target. */
    static double spread(TrainingSamples samples, int target) {
        double[] values = samples.target(target);
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
}
