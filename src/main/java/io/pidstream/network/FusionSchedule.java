package io.pidstream.network;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.PidDefinition;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.LatentDecomposition;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainingSamples;
import java.util.List;

/**
 * After every epoch, moves the fusion weights halfway to those given by the decomposition of the
 * training rows' latents, until they converge. Then they are frozen, so that the head trains on a
 * fixed fusion.
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
     * @param latents latents of the training rows, [n][K·d]
     * @return why the weights are unchanged, if there is no decomposition; otherwise null
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
            return "fusion weights unchanged: " + decomposition.reason();
        }
        FusionWeights target;
        try {
            target = FusionWeights.of(decomposition);
        } catch (IllegalArgumentException e) {
            return "fusion weights unchanged: " + e.getMessage();
        }
        FusionWeights before = network.fusion();
        FusionWeights next = before.towards(target);
        settled = before.distance(next) < SETTLED ? settled + 1 : 0;
        network.setFusion(next);
        frozen = settled >= EPOCHS;
        return null;
    }
}
