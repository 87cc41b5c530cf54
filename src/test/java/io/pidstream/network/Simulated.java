package io.pidstream.network;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainedModel;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Samples whose target is nonlinear by construction, and what to train on them. */
public final class Simulated {
    private Simulated() {}

    /** Modalities a, b, … of three channels each. */
    static ModelShape shape(EncoderType type, int modalities, int latent, int members) {
        List<ModalityShape> shapes = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            shapes.add(
                    new ModalityShape(
                            String.valueOf((char) ('a' + m)), List.of("p", "q", "r"), latent));
        }
        return new ModelShape(type.text(), shapes, List.of("y"), List.of(16, 8), members);
    }

    /** The same, large enough to learn the target in spite of dropout. */
    static ModelShape capable(EncoderType type, int modalities) {
        ModelShape small = shape(type, modalities, 8, 2);
        return new ModelShape(type.text(), small.modalities(), small.targets(), List.of(64, 32), 2);
    }

    /** y = 10 + 3 (sin 2p_a + p_a p_b + ½ |q_b|) + a little noise; other channels tell nothing. */
    static TrainingSamples samples(int modalities, int rows, long seed) {
        Random random = new Random(seed);
        TrainingSamples samples = new TrainingSamples();
        for (int i = 0; i < rows; i++) {
            double[][] x = new double[modalities][3];
            for (double[] channels : x) {
                for (int c = 0; c < 3; c++) {
                    channels[c] = random.nextGaussian();
                }
            }
            double y =
                    10
                            + 3
                                    * (Math.sin(2 * x[0][0])
                                            + x[0][0] * x[1][0]
                                            + 0.5 * Math.abs(x[1][1]))
                            + 0.1 * random.nextGaussian();
            boolean[] present = new boolean[modalities];
            Arrays.fill(present, true);
            samples.add(x, present, new double[] {y}, i);
        }
        return samples;
    }

    /** Every third row without a modality, in turn. */
    static TrainingSamples withGaps(TrainingSamples samples) {
        TrainingSamples gaps = new TrainingSamples();
        for (int i = 0; i < samples.size(); i++) {
            boolean[] present = samples.present(i).clone();
            double[][] channels = samples.channels(i).clone();
            if (i % 3 == 0) {
                int absent = i / 3 % present.length;
                present[absent] = false;
                channels[absent] = null;
            }
            gaps.add(channels, present, samples.targets(i), samples.time(i));
        }
        return gaps;
    }

    /** Little time, all terms on. */
    static TrainingSettings quick(int epochs, double rate) {
        return new TrainingSettings(
                epochs, 64, rate, 0, false, epochs, 0.1, 0.1, 0.1, true, 0.1, false, 8);
    }

    static TrainingTask task(ModelShape shape, long seed) {
        return new TrainingTask(shape, "hash", seed, null, null);
    }

    static TrainedModel train(TrainingTask task, TrainingSamples samples, int epochs)
            throws TrainingException {
        return new Trainer(quick(epochs, 3e-3), "cpu")
                .train(task, samples, null, report -> {}, () -> false);
    }

    /** Root of the mean squared error of predictions. */
    static double error(ModelArtefact artefact, TrainingSamples samples) {
        try (ModelEncoder encoder = new ModelEncoder(artefact, "cpu")) {
            EncodedBatch encoded = encoder.encode(samples);
            double squares = 0;
            for (int i = 0; i < samples.size(); i++) {
                double delta = encoded.prediction(i, 0) - samples.targets(i)[0];
                squares += delta * delta;
            }
            return Math.sqrt(squares / samples.size());
        }
    }

    /** Standard deviation of the target. */
    static double spread(TrainingSamples samples) {
        return TargetScale.fit(samples.target(0)).deviation();
    }
}
