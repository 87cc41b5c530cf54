package io.pidstream.forecast;

import io.pidstream.pid.DecompositionIntervals;
import java.util.Optional;

/**
 * What learners of an asset and of a fleet have in common: a decomposition that they keep. Not
 * thread-safe.
 */
public abstract class Learner {
    final LearnerSettings settings;
    final Layout layout;

    /** Another one once what was stored has been read. */
    Explainer explainer;

    Learner(LearnerSettings settings, int quantileSamples) {
        this.settings = settings;
        layout = new Layout(settings);
        explainer = new Explainer(settings, layout, quantileSamples);
    }

    /** The latest decomposition; undefined, with the reason, before there are labels. */
    public RollingExplanation explanation() {
        return explainer.latest();
    }

    /**
     * How sure the latest decomposition is; empty where it is undefined or the samples are too few.
     */
    public Optional<DecompositionIntervals> intervals() {
        return explainer.intervals();
    }

    /** Whether the last label that was learned ended a block. */
    public boolean blockCompleted() {
        return explainer.blockCompleted();
    }

    /**
     * The decomposition of the last completed block alone.
     *
     * @throws IllegalStateException before the first block has ended
     */
    public RollingExplanation blockExplanation() {
        return explainer.lastBlock();
    }

    /** Size of a modality's latent in the version that it learns from; 0 for the identity. */
    int latent() {
        return settings.latent();
    }

    /** What the last completed block alone tells, for detectors. */
    public BlockInformation blockInformation() {
        return explainer.blockInformation();
    }
}
