package io.pidstream.blend;

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

/** Rows of which both parts learn something, and small versions for them. */
final class BlendRows {
    static final BlendKind KIND = new BlendKind();

    private BlendRows() {}

    /** Modalities a, b, … of two channels each, the targets y and z, two networks of one layer. */
    static ModelShape shape(int modalities) {
        List<ModalityShape> shapes = new ArrayList<>();
        for (int m = 0; m < modalities; m++) {
            shapes.add(new ModalityShape(String.valueOf((char) ('a' + m)), List.of("p", "q"), 4));
        }
        return KIND.sized(new ModelShape("both", shapes, List.of("y", "z"), List.of(8), 2));
    }

    /** y = 10 + p_a p_b + |q_a| + noise, z = 1000 + 3 p_a − 2 p_b + noise. */
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
            double z = 1000 + 3 * x[0][0] - 2 * x[1][0] + noise;
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

    /** Of the network. */
    static TrainingSettings settings(int epochs, double rate) {
        return new TrainingSettings(epochs, 64, rate, 0, false, epochs, 0, 0, 0, false, 0, true, 8);
    }

    static TrainedModel train(
            ModelShape shape,
            TrainingSettings settings,
            TrainingSamples training,
            TrainingSamples validation)
            throws TrainingException {
        return KIND.trainer(settings, "cpu")
                .train(
                        new TrainingTask(shape, "hash", 7, null, null),
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
}
