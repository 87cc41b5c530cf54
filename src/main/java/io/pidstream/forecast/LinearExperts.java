package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import io.pidstream.stats.Moments;
import io.pidstream.stats.RidgeRegression;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One expert per half-life: the Gaussian conditional mean of the standardised target given the
 * features that are present, from decayed moments with shrinkage.
 *
 * <p>Moments are kept per presence pattern seen. A frame with pattern S is predicted from the
 * merged marginals of all patterns that contain S: missing modalities are marginalised, not
 * imputed, and every sample that contains S counts. Coefficients are solved on first use, and again
 * when enough has been learned since.
 */
final class LinearExperts {
    static final Part PART = Part.of("learn/linear-experts", 1);

    /** Added to the decayed sum of squares of every standardised latent. */
    private static final double RIDGE = 1;

    /**
     * An expert is solved again when the samples since the last solution reach this share of its
     * effective samples. With one sample per period the effective number is 2 / ln 2 half-lives, so
     * this is every hundredth of a half-life; a young expert is solved at every sample. On the
     * public streams that costs at most 0.15 % of the mean absolute error.
     */
    private static final double SHARE = 0.0034;

    private final FeatureLayout layout;
    private final long[] halfLivesMillis;

    /** Per pattern and half-life, moments of [features of the pattern, target]. */
    private final TreeMap<ModalitySet, Moments[]> moments = new TreeMap<>();

    private final TreeMap<ModalitySet, SolvedPattern> solved = new TreeMap<>();

    /** Cache of solved patterns since the last label, none of which is due. */
    private final Map<ModalitySet, SolvedPattern> current = new HashMap<>();

    private final RidgeRegression regression = new RidgeRegression();

    LinearExperts(LearnerSettings settings, FeatureLayout layout) {
        this(settings.halfLives().stream().mapToLong(Duration::toMillis).toArray(), layout);
    }

    LinearExperts(long[] halfLivesMillis, FeatureLayout layout) {
        this.layout = layout;
        this.halfLivesMillis = halfLivesMillis.clone();
    }

    /** Learns one frame with its target, both standardised. */
    void learn(long time, ModalitySet present, double[] features, double target) {
        int[] indices = layout.indices(present);
        Moments[] ofPattern =
                moments.computeIfAbsent(present, pattern -> empty(indices.length + 1));
        double[] sample = new double[indices.length + 1];
        for (int i = 0; i < indices.length; i++) {
            sample[i] = features[indices[i]];
        }
        sample[indices.length] = target;
        for (Moments ofHalfLife : ofPattern) {
            ofHalfLife.add(sample, time);
        }
        current.clear();
    }

    private Moments[] empty(int dimension) {
        Moments[] ofPattern = new Moments[halfLivesMillis.length];
        for (int k = 0; k < ofPattern.length; k++) {
            ofPattern[k] = new Moments(dimension, halfLivesMillis[k]);
        }
        return ofPattern;
    }

    /** Number of frames learned. */
    long samples() {
        return samples(ModalitySet.NONE);
    }

    /** The experts' forecasts, not split by channel. */
    ExpertForecasts predict(ModalitySet present, double[] features, Scale target) {
        return predict(present, features, target, FeatureParts.NONE);
    }

    /**
     * The experts' forecasts, in units of the target.
     *
     * @param features standardised, [d]
     * @param parts what the features are parts of
     */
    ExpertForecasts predict(
            ModalitySet present, double[] features, Scale target, FeatureParts parts) {
        ConditionalMean[] means = current.computeIfAbsent(present, this::solved).experts();
        int modalities = layout.modalities();
        double[] baselines = new double[means.length];
        double[] contributions = new double[means.length * modalities];
        float[] channels = new float[means.length * parts.count()];
        for (int k = 0; k < means.length; k++) {
            baselines[k] = target.mean() + target.deviation() * means[k].targetMean();
            means[k].contribute(features, target.deviation(), contributions, k * modalities);
            if (parts.count() > 0) {
                means[k].split(features, target.deviation(), parts, channels, k * parts.count());
            }
        }
        return new ExpertForecasts(baselines, contributions, channels);
    }

    /**
     * Solves the experts that are due. One label hardly changes an expert of a long half-life, so
     * it is kept until the labels since reach a certain share of its effective samples.
     */
    private SolvedPattern solved(ModalitySet present) {
        ModalitySet part = supported(present);
        SolvedPattern pattern = solved.get(present);
        if (pattern == null || !pattern.part().equals(part)) {
            pattern = new SolvedPattern(part, halfLivesMillis.length);
            solved.put(present, pattern);
        }
        long samples = samples(part);
        for (int k = 0; k < halfLivesMillis.length; k++) {
            if (!pattern.has(k) || isDue(samples - pattern.samples(k), part, k)) {
                Moments m = merged(part, k);
                double[] coefficients = regression.coefficients(m, RIDGE);
                int[] indices = layout.indices(part);
                pattern.set(
                        k, new ConditionalMean(layout, indices, coefficients, m.mean()), samples);
            }
        }
        return pattern;
    }

    private boolean isDue(long samplesSince, ModalitySet part, int halfLife) {
        return samplesSince > 0
                && samplesSince
                        >= SHARE * Moments.effectiveSamples(containing(part, halfLife).values());
    }

    /** The moments of all patterns that contain this one, keyed by pattern. */
    private TreeMap<ModalitySet, Moments> containing(ModalitySet pattern, int halfLife) {
        TreeMap<ModalitySet, Moments> containing = new TreeMap<>();
        for (Map.Entry<ModalitySet, Moments[]> seen : moments.entrySet()) {
            if (seen.getKey().containsAll(pattern)) {
                containing.put(seen.getKey(), seen.getValue()[halfLife]);
            }
        }
        return containing;
    }

    private Moments merged(ModalitySet pattern, int halfLife) {
        Moments only = null;
        Moments merged = null;
        for (Map.Entry<ModalitySet, Moments> seen : containing(pattern, halfLife).entrySet()) {
            Moments m = seen.getValue();
            if (!seen.getKey().equals(pattern)) {
                m = m.marginal(layout.positions(pattern, seen.getKey()));
            }
            if (only == null) {
                only = m;
            } else {
                merged = merged == null ? only.copy() : merged;
                merged.merge(m);
            }
        }
        return merged == null ? only : merged;
    }

    /**
     * The pattern to condition on: the one that is present, unless it has fewer samples than
     * features and a subset of it has been seen at least twice as often and often enough; then the
     * largest such subset.
     */
    private ModalitySet supported(ModalitySet present) {
        long samples = samples(present);
        if (samples >= layout.indices(present).length + 2) {
            return present;
        }
        ModalitySet best = present;
        int bestSize = samples > 0 ? 0 : -1;
        for (ModalitySet part : present.properParts()) {
            int size = layout.indices(part).length;
            long ofPart = samples(part);
            boolean enough = samples == 0 ? ofPart > 0 : ofPart >= Math.max(size + 2, 2 * samples);
            if (enough && size > bestSize) {
                best = part;
                bestSize = size;
            }
        }
        return best;
    }

    private long samples(ModalitySet pattern) {
        long samples = 0;
        for (Map.Entry<ModalitySet, Moments[]> seen : moments.entrySet()) {
            if (seen.getKey().containsAll(pattern)) {
                samples += seen.getValue()[0].count();
            }
        }
        return samples;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(moments.size());
        for (Map.Entry<ModalitySet, Moments[]> seen : moments.entrySet()) {
            out.writeInt(seen.getKey().bits());
            for (Moments m : seen.getValue()) {
                m.writeTo(out);
            }
        }
        out.writeInt(solved.size());
        for (Map.Entry<ModalitySet, SolvedPattern> pattern : solved.entrySet()) {
            out.writeInt(pattern.getKey().bits());
            pattern.getValue().writeTo(out);
        }
    }

    static LinearExperts readFrom(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        long[] halfLives = settings.halfLives().stream().mapToLong(Duration::toMillis).toArray();
        return readFrom(in, versions, halfLives, layout);
    }

    static LinearExperts readFrom(
            DataInput in, Versions versions, long[] halfLivesMillis, FeatureLayout layout)
            throws IOException {
        LinearExperts experts = new LinearExperts(halfLivesMillis, layout);
        int patterns = in.readInt();
        for (int p = 0; p < patterns; p++) {
            ModalitySet pattern = new ModalitySet(in.readInt());
            Moments[] ofPattern = new Moments[experts.halfLivesMillis.length];
            for (int k = 0; k < ofPattern.length; k++) {
                ofPattern[k] = Moments.readFrom(in);
                int features = layout.indices(pattern).length;
                FormatException.requireSame("features", ofPattern[k].dimension() - 1, features);
                FormatException.requireSame(
                        "half-life " + k + " in milliseconds",
                        ofPattern[k].halfLifeMillis(),
                        experts.halfLivesMillis[k]);
            }
            experts.moments.put(pattern, ofPattern);
        }
        int solved = in.readInt();
        for (int p = 0; p < solved; p++) {
            experts.solved.put(
                    new ModalitySet(in.readInt()),
                    SolvedPattern.readFrom(in, layout, experts.halfLivesMillis.length));
        }
        return experts;
    }
}
