package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Wire;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.DependencePerTarget;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PlainInformation;
import io.pidstream.pid.SubsetValues;
import io.pidstream.stats.Moments;
import io.pidstream.stats.NormalScore;
import io.pidstream.stats.TargetQuantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decomposes rolling moments of [normal scores of the targets, latents] of complete frames.
 *
 * <p>The map of a target to normal scores is frozen within a block; otherwise changes of the map
 * would look like drift. The frames of the first block are buffered, because the first map is made
 * from them.
 */
final class Explainer {
    static final Part PART = Part.of("learn/explanation", 1);

    /** Number of updates of the explanation per block. */
    private static final int RENEWALS = 10;

    /**
     * Half-lives of the dependence estimate: serial dependence changes more slowly than the
     * information.
     */
    private static final long DEPENDENCE_HALF_LIVES = 10;

    /** Confidence level of the intervals. */
    private static final double CONFIDENCE = 0.95;

    private final LearnerSettings settings;
    private final FeatureLayout layout;
    private final int renewEvery;

    private Moments rolling;
    private Moments open;

    /** One per target. */
    private final List<TargetQuantiles> quantiles;

    /** One per target; null during the first block. */
    private List<NormalScore> scores;

    private DependencePerTarget dependence;

    private final List<Waiting> firstBlock = new ArrayList<>();

    private long labelled;
    private long newest;
    private int inBlock;
    private int sinceRenewal;
    private boolean blockCompleted;

    private Snapshot latest;
    private Snapshot lastBlock;

    /** A buffered complete frame of the first block. */
    private record Waiting(long time, double[] latents, double[] target) {}

    /** The input of an explanation, kept so that it can be recomputed after a restore. */
    private record Snapshot(Moments moments, RollingExplanation explanation) {}

    Explainer(LearnerSettings settings, FeatureLayout layout, int quantileSamples) {
        this.settings = settings;
        this.layout = layout;
        renewEvery = Math.max(1, settings.block() / RENEWALS);
        rolling = empty();
        open = empty();
        dependence =
                new DependencePerTarget(
                        settings.targets().size(),
                        DEPENDENCE_HALF_LIVES * settings.explanationHalfLife().toMillis());
        quantiles = new ArrayList<>(settings.targets().size());
        for (int t = 0; t < settings.targets().size(); t++) {
            quantiles.add(new TargetQuantiles(quantileSamples));
        }
        latest = snapshot(empty(), 0, 0);
    }

    private Moments empty() {
        return new Moments(
                settings.targets().size() + layout.explained(),
                settings.explanationHalfLife().toMillis());
    }

    /**
     * Adds a labelled frame.
     *
     * @param latents the latents to decompose; see {@link FeatureLayout#explained(double[],
     *     double[])}
     * @param target [targets], in their own units
     */
    void add(long time, ModalitySet present, double[] latents, double[] target) {
        for (int t = 0; t < target.length; t++) {
            quantiles.get(t).add(target[t]);
        }
        labelled++;
        inBlock++;
        sinceRenewal++;
        newest = labelled == 1 ? time : Math.max(newest, time);
        if (!present.equals(layout.complete())) {
            return;
        }
        if (scores == null) {
            firstBlock.add(new Waiting(time, latents, target));
        } else {
            add(open, scores, time, latents, target);
        }
    }

    private static void add(
            Moments moments, List<NormalScore> maps, long time, double[] latents, double[] target) {
        double[] joint = new double[target.length + latents.length];
        for (int t = 0; t < target.length; t++) {
            joint[t] = maps.get(t).apply(target[t]);
        }
        System.arraycopy(latents, 0, joint, target.length, latents.length);
        moments.add(joint, time);
    }

    /** The current maps to normal scores. */
    private List<NormalScore> maps() {
        return quantiles.stream().map(TargetQuantiles::snapshot).toList();
    }

    /** Ends an instant: completes the block if it is full, updates the explanation if it is due. */
    void advance() {
        blockCompleted = inBlock >= settings.block();
        if (blockCompleted) {
            endBlock();
            latest = snapshot(rolling.copy(), newest, labelled);
        } else if (sinceRenewal >= renewEvery) {
            Moments now = rolling.copy();
            now.merge(scores == null ? scored(maps()) : open);
            latest = snapshot(now, newest, labelled);
        }
        if (sinceRenewal >= renewEvery || blockCompleted) {
            sinceRenewal = 0;
        }
    }

    private void endBlock() {
        List<NormalScore> next = maps();
        Moments block = scores == null ? scored(next) : open;
        firstBlock.clear();
        rolling.merge(block);
        if (block.count() > 0) {
            dependence.add(block, rolling);
        }
        lastBlock = snapshot(block, newest, labelled);
        scores = next;
        open = empty();
        inBlock = 0;
    }

    private Moments scored(List<NormalScore> maps) {
        Moments moments = empty();
        for (Waiting frame : firstBlock) {
            add(moments, maps, frame.time(), frame.latents(), frame.target());
        }
        return moments;
    }

    private Snapshot snapshot(Moments moments, long time, long frames) {
        return new Snapshot(moments, new RollingExplanation(time, frames, decompose(moments)));
    }

    /**
     * Intervals of the latest explanation, widened for serial dependence; empty if it is undefined
     * or there are too few effectively independent samples.
     */
    Optional<DecompositionIntervals> intervals() {
        Decomposition decomposition = latest.explanation().decomposition();
        if (!decomposition.isDefined()) {
            return Optional.empty();
        }
        return DecompositionIntervals.ifKnown(
                latest.moments().covariance(),
                sizes(),
                decomposition,
                decomposition.effectiveSamples() / dependence.inflation(),
                CONFIDENCE);
    }

    private int[] sizes() {
        return layout.explainedSizes();
    }

    private Decomposition decompose(Moments moments) {
        if (moments.count() == 0) {
            return Decomposition.undefined(
                    "no labelled frame with all modalities",
                    settings.definition(),
                    0,
                    settings.modalities(),
                    List.of());
        }
        return GaussianPid.decompose(
                moments.covariance(),
                settings.targets().size(),
                settings.modalities(),
                sizes(),
                moments.effectiveSamples(),
                settings.definition());
    }

    RollingExplanation latest() {
        return latest.explanation();
    }

    boolean blockCompleted() {
        return blockCompleted;
    }

    /** The information in the last block alone, for detectors; may be negative. */
    BlockInformation blockInformation() {
        Decomposition decomposition = lastBlock().decomposition();
        double samples = decomposition.effectiveSamples();
        double inflation = dependence.blocks() > 0 ? dependence.inflation() : Double.NaN;
        if (!decomposition.isDefined()) {
            return new BlockInformation(List.of(), decomposition.reason(), samples, inflation);
        }
        Optional<SubsetValues> plain =
                settings.targets().size() == 1
                        ? PlainInformation.of(
                                lastBlock.moments().covariance(),
                                settings.modalities(),
                                sizes(),
                                samples)
                        : Optional.empty();
        SubsetValues values = plain.orElse(decomposition.information());
        List<Double> information =
                ModalitySet.nonEmptySubsets(settings.modalities().size()).stream()
                        .map(values::get)
                        .toList();
        return new BlockInformation(information, null, samples, inflation);
    }

    /** The explanation of the last block alone. */
    RollingExplanation lastBlock() {
        if (lastBlock == null) {
            throw new IllegalStateException(
                    "no block has ended: "
                            + inBlock
                            + " of "
                            + settings.block()
                            + " labelled frames");
        }
        return lastBlock.explanation();
    }

    void writeTo(DataOutput out) throws IOException {
        rolling.writeTo(out);
        open.writeTo(out);
        dependence.writeTo(out);
        for (TargetQuantiles ofTarget : quantiles) {
            ofTarget.writeTo(out);
        }
        out.writeBoolean(scores != null);
        if (scores != null) {
            for (NormalScore map : scores) {
                map.writeTo(out);
            }
        }
        out.writeInt(firstBlock.size());
        for (Waiting frame : firstBlock) {
            out.writeLong(frame.time());
            Wire.write(out, frame.latents());
            Wire.write(out, frame.target());
        }
        out.writeLong(labelled);
        out.writeLong(newest);
        out.writeInt(inBlock);
        out.writeInt(sinceRenewal);
        out.writeBoolean(blockCompleted);
        write(out, latest);
        out.writeBoolean(lastBlock != null);
        if (lastBlock != null) {
            write(out, lastBlock);
        }
    }

    private static void write(DataOutput out, Snapshot snapshot) throws IOException {
        snapshot.moments().writeTo(out);
        out.writeLong(snapshot.explanation().time());
        out.writeLong(snapshot.explanation().labelledFrames());
    }

    static Explainer readFrom(
            DataInput in, LearnerSettings settings, FeatureLayout layout, int quantileSamples)
            throws IOException {
        Explainer explainer = new Explainer(settings, layout, quantileSamples);
        explainer.rolling = Moments.readFrom(in);
        explainer.open = Moments.readFrom(in);
        explainer.dependence = DependencePerTarget.readFrom(in, settings.targets().size());
        int targets = settings.targets().size();
        for (int t = 0; t < targets; t++) {
            explainer.quantiles.set(t, TargetQuantiles.readFrom(in));
        }
        if (in.readBoolean()) {
            explainer.scores = new ArrayList<>(targets);
            for (int t = 0; t < targets; t++) {
                explainer.scores.add(NormalScore.readFrom(in));
            }
        }
        int waiting = in.readInt();
        for (int i = 0; i < waiting; i++) {
            explainer.firstBlock.add(
                    new Waiting(in.readLong(), Wire.readDoubles(in), Wire.readDoubles(in)));
        }
        explainer.labelled = in.readLong();
        explainer.newest = in.readLong();
        explainer.inBlock = in.readInt();
        explainer.sinceRenewal = in.readInt();
        explainer.blockCompleted = in.readBoolean();
        explainer.latest = explainer.readSnapshot(in);
        explainer.lastBlock = in.readBoolean() ? explainer.readSnapshot(in) : null;
        return explainer;
    }

    private Snapshot readSnapshot(DataInput in) throws IOException {
        Moments moments = Moments.readFrom(in);
        return snapshot(moments, in.readLong(), in.readLong());
    }
}
