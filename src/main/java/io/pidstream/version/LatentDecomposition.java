package io.pidstream.version;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.Moments;
import io.pidstream.stats.NormalScore;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The information of latents about the targets: the bias-corrected decomposition of [y_g, z_1 …
 * z_K] over complete rows.
 */
public final class LatentDecomposition {
    private LatentDecomposition() {}

    /**
     * Decomposes the latents of an encoder on rows that it was not trained on.
     *
     * @param encoder encoder of the version
     * @param samples the rows; incomplete ones are skipped
     */
    public static Decomposition of(
            VersionEncoder encoder, TrainingSamples samples, PidDefinition definition) {
        ModelArtefact artefact = encoder.artefact();
        EncodedBatch encoded = encoder.encode(samples);
        List<NormalScore> scores = artefact.content().scores();
        ModelShape shape = artefact.manifest().shape();
        return of(
                shape,
                scores,
                samples,
                row -> {
                    double[] latents = new double[shape.count() * shape.latent()];
                    for (int m = 0; m < shape.count(); m++) {
                        System.arraycopy(
                                encoded.latent(row, m),
                                0,
                                latents,
                                m * shape.latent(),
                                shape.latent());
                    }
                    return latents;
                },
                definition);
    }

    /**
     * @param latents latents of a row, concatenated, [K·d]
     */
    public static Decomposition of(
            ModelShape shape,
            List<NormalScore> scores,
            TrainingSamples samples,
            IntFunction<double[]> latents,
            PidDefinition definition) {
        int targets = scores.size();
        int size = shape.count() * shape.latent();
        Moments moments = new Moments(targets + size, Moments.NO_DECAY);
        double[] row = new double[targets + size];
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.isComplete(i)) {
                continue;
            }
            for (int t = 0; t < targets; t++) {
                row[t] = scores.get(t).apply(samples.targets(i)[t]);
            }
            System.arraycopy(latents.apply(i), 0, row, targets, size);
            moments.add(row, 0);
        }
        if (moments.count() < 2) {
            return Decomposition.undefined(
                    "there are " + moments.count() + " rows with all modalities",
                    definition,
                    moments.count(),
                    shape.names(),
                    List.of());
        }
        int[] sizes = shape.modalities().stream().mapToInt(ModalityShape::latent).toArray();
        return GaussianPid.decompose(
                moments.covariance(),
                targets,
                shape.names(),
                sizes,
                moments.effectiveSamples(),
                definition);
    }
}
