package io.pidstream.network;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.PidDefinition;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.LatentDecomposition;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import java.util.List;

/**
 * Fusion weights follow the decomposition of the training rows' latents after every epoch, halfway,
 * until they have settled; then they are frozen, so that the head no longer learns on moving
 * ground.
 */
final class FusionSchedule {
    private static final double SETTLED = 0.01;
    private static final int EPOCHS = 3;

    private boolean frozen;
    private int settled;

    FusionSchedule(boolean frozen) {
        this.frozen = frozen;
    }

    boolean isFrozen() {
        return frozen;
    }

    /**
     * @param latents of the training rows, [n][K·d]
     * @return why the weights stay as they are, where there is no decomposition; null otherwise
     */
    String update(
            Network network,
            ModelShape shape,
            double[][] latents,
            List<TargetScale> scales,
            TrainingSamples samples) {
        Decomposition decomposition =
                LatentDecomposition.of(
                        shape,
                        scales.stream().map(TargetScale::score).toList(),
                        samples,
                        row -> latents[row],
                        PidDefinition.MMI);
        if (!decomposition.isDefined()) {
            return "fusion weights stay: " + decomposition.reason();
        }
        FusionWeights target;
        try {
            target = FusionWeights.of(decomposition);
        } catch (IllegalArgumentException e) {
            return "fusion weights stay: " + e.getMessage();
        }
        FusionWeights before = network.fusion();
        FusionWeights next = before.towards(target);
        settled = before.distance(next) < SETTLED ? settled + 1 : 0;
        network.setFusion(next);
        frozen = settled >= EPOCHS;
        return null;
    }
}
