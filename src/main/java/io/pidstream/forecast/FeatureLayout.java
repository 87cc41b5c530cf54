package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The layout of the arrays that learners read. Only this class knows it.
 *
 * <p>The <em>inputs</em> of a frame are its features, then the latents of a trained version. The
 * <em>features</em> are the regressors: for every modality its channels and, with a trained
 * version, its contribution to the version's prediction of each target (its shares); then, if
 * configured, the target's own past: the newest known targets and their age, and shares if the
 * version encodes it as well. The variables that are <em>decomposed</em> are the features with the
 * identity, and the latents and the target's own past with a trained version.
 */
public final class FeatureLayout {
    /** The shares of a modality in the version's prediction, as a channel of it. */
    private static final String SHARES = "encoder";

    private final int modalities;

    /** Number of measured modalities, without the target's own past. */
    private final int sensors;

    /** Number of channels of each sensor. */
    private final int[] channels;

    private final int targets;

    /** Index of the target that is predicted. */
    private final int target;

    /** Size of a modality's latent; 0 for the identity. */
    private final int latent;

    /** Number of modalities that a trained version encodes; 0 for the identity. */
    private final int encoded;

    /** Number of features of the target's own past; 0 without it. */
    private final int past;

    /** The modality of every feature. */
    private final int[] modalityOf;

    /** Whether each feature is a share of the network's prediction. */
    private final boolean[] share;

    /** Name of every feature's channel, with its modality; none for a layout of others. */
    private final String[] names;

    /** Per set of modalities; null until first used. */
    private final int[][] indices;

    public FeatureLayout(LearnerSettings settings) {
        modalities = settings.modalities().size();
        sensors = settings.history() ? modalities - 1 : modalities;
        channels = settings.channels().stream().limit(sensors).mapToInt(List::size).toArray();
        targets = settings.targets().size();
        target = 0;
        latent = settings.latent();
        encoded = latent == 0 ? 0 : sensors + (settings.encodesPast() ? 1 : 0);
        past = settings.history() ? settings.channels().get(sensors).size() : 0;
        int shares = latent > 0 ? targets : 0;
        int features = Arrays.stream(channels).sum() + encoded * shares + past;
        modalityOf = new int[features];
        share = new boolean[features];
        names = new String[features];
        int next = 0;
        for (int m = 0; m < modalities; m++) {
            int ofChannels = m < sensors ? channels[m] : past;
            int size = ofChannels + (m < encoded ? shares : 0);
            for (int i = 0; i < size; i++) {
                modalityOf[next] = m;
                share[next] = i >= ofChannels;
                String channel = i < ofChannels ? settings.channels().get(m).get(i) : SHARES;
                names[next++] = settings.modalities().get(m) + "." + channel;
            }
        }
        indices = new int[ModalitySet.count(modalities)][];
    }

    private FeatureLayout(FeatureLayout whole, int[] of) {
        modalities = whole.modalities;
        sensors = whole.sensors;
        channels = whole.channels;
        targets = whole.targets;
        target = whole.target;
        latent = 0;
        encoded = 0;
        past = 0;
        modalityOf = of.clone();
        share = new boolean[of.length];
        names = new String[0];
        indices = new int[ModalitySet.count(modalities)][];
    }

    private FeatureLayout(FeatureLayout same, int target) {
        modalities = same.modalities;
        sensors = same.sensors;
        channels = same.channels;
        targets = same.targets;
        this.target = target;
        latent = same.latent;
        encoded = same.encoded;
        past = same.past;
        modalityOf = same.modalityOf;
        share = same.share;
        names = same.names;
        indices = same.indices;
    }

    /** The same layout for the prediction of one of the targets. */
    FeatureLayout ofTarget(int index) {
        return new FeatureLayout(this, index);
    }

    /** Index of the target that is predicted; the first unless {@link #ofTarget} says another. */
    int target() {
        return target;
    }

    /** A layout of other features of the same modalities. */
    FeatureLayout of(int[] modalityOfEach) {
        return new FeatureLayout(this, modalityOfEach);
    }

    /**
     * The layout of a subset of the features.
     *
     * @param kept their indices here, ascending
     */
    FeatureLayout part(int[] kept) {
        return of(Arrays.stream(kept).map(i -> modalityOf[i]).toArray());
    }

    /**
     * The inputs of a frame.
     *
     * @param values channels of all sensors, one modality after the other; NaN where absent
     * @param latents latents of a trained version, [encoded modalities, latent]; ignored with the
     *     identity
     * @param shares contributions of the encoded modalities to the version's prediction, [encoded
     *     modalities, targets]; ignored with the identity
     * @param known the newest known targets; null if there are none or the past is not a modality
     * @param age of {@code known}, in periods
     */
    public double[] inputs(
            double[] values, double[] latents, double[] shares, double[] known, double age) {
        if (latent == 0 && past == 0) {
            return values;
        }
        double[] inputs = new double[modalityOf.length + encoded * latent];
        int next = 0;
        int channel = 0;
        for (int m = 0; m < sensors; m++) {
            System.arraycopy(values, channel, inputs, next, channels[m]);
            channel += channels[m];
            next += channels[m];
            if (latent > 0) {
                System.arraycopy(shares, m * targets, inputs, next, targets);
                next += targets;
            }
        }
        if (past > 0) {
            Arrays.fill(inputs, next, next + past, Double.NaN);
            if (known != null) {
                System.arraycopy(known, 0, inputs, next, targets);
                inputs[next + targets] = age;
            }
            if (encoded > sensors) {
                System.arraycopy(shares, sensors * targets, inputs, next + past, targets);
            }
        }
        if (latent > 0) {
            System.arraycopy(latents, 0, inputs, modalityOf.length, encoded * latent);
        }
        return inputs;
    }

    int modalities() {
        return modalities;
    }

    /** Number of features. */
    int features() {
        return modalityOf.length;
    }

    /** The set in which every modality is present. */
    ModalitySet complete() {
        return ModalitySet.all(modalities);
    }

    int modalityOf(int feature) {
        return modalityOf[feature];
    }

    /** Indices of all features. */
    int[] all() {
        return IntStream.range(0, modalityOf.length).toArray();
    }

    /** Indices of the channels and of the target's own past. */
    int[] channels() {
        return IntStream.range(0, modalityOf.length).filter(i -> !share[i]).toArray();
    }

    /** Indices of the shares of the network's prediction. */
    int[] shares() {
        return IntStream.range(0, modalityOf.length).filter(i -> share[i]).toArray();
    }

    /**
     * Indices of the shares of the version's prediction of the target, one per encoded modality.
     */
    int[] sharesOfTarget() {
        int[] all = shares();
        return IntStream.range(0, all.length)
                .filter(i -> i % targets == target)
                .map(i -> all[i])
                .toArray();
    }

    /**
     * The parts of channels by name, such as {@code gas.CO}, in the order of the features; the
     * shares of a modality are one.
     *
     * @param parts [features], or none
     */
    public Map<String, Double> byName(ModalitySet present, double[] parts) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (present.contains(modalityOf[i])) {
                named.merge(names[i], parts[i], Double::sum);
            }
        }
        return named;
    }

    /** Number of decomposed variables. */
    int explained() {
        return latent == 0 ? modalityOf.length : encoded * latent + past;
    }

    /** Number of decomposed variables per modality. */
    int[] explainedSizes() {
        int[] sizes = new int[modalities];
        for (int m = 0; m < modalities; m++) {
            int ofModality = m;
            sizes[m] =
                    latent > 0
                            ? (m < encoded ? latent : 0) + (m < sensors ? 0 : past)
                            : (int) Arrays.stream(modalityOf).filter(o -> o == ofModality).count();
        }
        return sizes;
    }

    /**
     * The decomposed variables of a frame. Latents of a trained version need no standardisation:
     * their mean is about 0 and their variance about 1.
     *
     * @param standardised the features, standardised
     * @param inputs of the frame
     */
    double[] explained(double[] standardised, double[] inputs) {
        if (latent == 0) {
            return standardised;
        }
        double[] explained = new double[explained()];
        int latents = encoded * latent;
        for (int i = 0; i < latents; i++) {
            double value = inputs[modalityOf.length + i];
            explained[i] = Double.isNaN(value) ? 0 : value;
        }
        int from = modalityOf.length - past - (encoded > sensors ? targets : 0);
        System.arraycopy(standardised, from, explained, latents, past);
        return explained;
    }

    /** Indices of the features of a set of modalities, in order; must not be modified. */
    int[] indices(ModalitySet present) {
        if (!complete().containsAll(present)) {
            throw new IllegalArgumentException(
                    "the modalities " + present + " are present, there are " + modalities);
        }
        int[] known = indices[present.bits()];
        if (known == null) {
            known =
                    IntStream.range(0, modalityOf.length)
                            .filter(i -> present.contains(modalityOf[i]))
                            .toArray();
            indices[present.bits()] = known;
        }
        return known;
    }

    /**
     * Positions of the features of a subset, then of the target, in the vector [features, target]
     * of a superset.
     */
    int[] positions(ModalitySet part, ModalitySet whole) {
        int[] wanted = indices(part);
        int[] available = indices(whole);
        int[] positions = new int[wanted.length + 1];
        int next = 0;
        for (int i = 0; i < available.length; i++) {
            if (next < wanted.length && available[i] == wanted[next]) {
                positions[next++] = i;
            }
        }
        positions[wanted.length] = available.length;
        return positions;
    }

    /** Requires one value per input, finite if its modality is present. */
    void requireInputs(ModalitySet present, double[] inputs) {
        int expected = modalityOf.length + encoded * latent;
        if (inputs.length != expected) {
            throw new IllegalArgumentException(
                    "frame has " + inputs.length + " inputs, expected " + expected);
        }
        for (int i : indices(present)) {
            if (!Double.isFinite(inputs[i])) {
                throw new IllegalArgumentException("input " + i + " is " + inputs[i]);
            }
        }
    }
}
