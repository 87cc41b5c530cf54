package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.DecompositionIntervals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A learner of an asset or of a fleet: one part per target, and a rolling decomposition. One per
 * model version. Not thread-safe.
 *
 * @param <T> the part of one target
 */
public abstract class Learner<T extends LearnedTarget<T>> {
    final LearnerSettings settings;
    final FeatureLayout layout;
    final boolean withExperts;
    final List<T> targets;

    /** Replaced when stored state is read. */
    Explainer explainer;

    private final int quantileSamples;

    /** Creates the part of a target. */
    interface TargetFactory<T> {
        T create(LearnerSettings settings, FeatureLayout layout, boolean withExperts);
    }

    /** Reads the part of a target. */
    interface TargetReader<T> {
        T read(
                DataInput in,
                Versions versions,
                LearnerSettings settings,
                FeatureLayout layout,
                boolean withExperts)
                throws IOException;
    }

    Learner(
            LearnerSettings settings,
            boolean withExperts,
            int quantileSamples,
            TargetFactory<T> factory) {
        this.settings = settings;
        this.withExperts = withExperts;
        this.quantileSamples = quantileSamples;
        layout = new FeatureLayout(settings);
        explainer = new Explainer(settings, layout, quantileSamples);
        targets = new ArrayList<>(settings.targets().size());
        for (int t = 0; t < settings.targets().size(); t++) {
            targets.add(factory.create(settings, layout.ofTarget(t), withExperts));
        }
    }

    /** The state part of a learner. */
    static Part part(String name, int version, Part target) {
        return Part.of(name, version, LearnerSettings.PART, target, Explainer.PART);
    }

    /** Whether learners of two versions predict from the same features. */
    static boolean sameFeatures(LearnerSettings mine, LearnerSettings others) {
        return mine.latent() > 0 == others.latent() > 0
                && mine.encodesPast() == others.encodesPast();
    }

    /** Whether the other version is a trained one, so that it has experts of the channels too. */
    static boolean sharesChannels(LearnerSettings others) {
        return others.latent() > 0;
    }

    /** The layout of the arrays that this learner reads. */
    public final FeatureLayout layout() {
        return layout;
    }

    /** The latest decomposition; undefined, with the reason, before there are labels. */
    public final RollingExplanation explanation() {
        return explainer.latest();
    }

    /**
     * Confidence intervals of the latest decomposition; empty if it is undefined or there are too
     * few samples.
     */
    public final Optional<DecompositionIntervals> intervals() {
        return explainer.intervals();
    }

    /** Whether the last learned label completed a block. */
    public final boolean blockCompleted() {
        return explainer.blockCompleted();
    }

    /**
     * The decomposition of the last completed block alone.
     *
     * @throws IllegalStateException before the first block has ended
     */
    public final RollingExplanation blockExplanation() {
        return explainer.lastBlock();
    }

    /** The information in the last completed block alone, for detectors. */
    public final BlockInformation blockInformation() {
        return explainer.blockInformation();
    }

    /** The settings of this learner's version. */
    final LearnerSettings settings() {
        return settings;
    }

    /**
     * Warm start from another version's learner. The decomposition starts over; see {@link
     * #explainOnFrom}.
     */
    final void startFrom(Learner<T> other) {
        for (int t = 0; t < targets.size(); t++) {
            targets.set(t, other.targets.get(t).forked(other.settings, settings));
        }
    }

    /**
     * Goes on with the decomposition of another version's learner, to be called before the first
     * label. Only for versions whose latents mean the same; without effect if one of them
     * decomposes more variables than the other.
     */
    public final void explainOnFrom(Learner<?> other) {
        if (Arrays.equals(layout.explainedSizes(), other.layout.explainedSizes())) {
            explainer =
                    Wire.copy(
                            other.explainer::writeTo,
                            in -> Explainer.readFrom(in, settings, layout, quantileSamples));
        }
    }

    void writeTo(DataOutput out) throws IOException {
        for (T target : targets) {
            target.writeTo(out);
        }
        explainer.writeTo(out);
    }

    final void readTargets(DataInput in, Versions versions, TargetReader<T> reader)
            throws IOException {
        for (int t = 0; t < targets.size(); t++) {
            targets.set(t, reader.read(in, versions, settings, layout.ofTarget(t), withExperts));
        }
        explainer = Explainer.readFrom(in, settings, layout, quantileSamples);
    }
}
