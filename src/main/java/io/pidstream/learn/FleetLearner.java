package io.pidstream.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What a fleet of assets has learned together: one per group of assets and model version. Knows the
 * moments of all its assets, so that an asset that has just started can be predicted from the
 * others; the assets' own learners build on its forecasts.
 *
 * <p>Give it frames and labels in the order in which they became known. Not thread-safe.
 */
public final class FleetLearner {
    private static final byte VERSION = 1;

    /** A fleet labels more often than an asset: its target's distribution is kept for longer. */
    private static final int QUANTILE_PERIODS = 10;

    private final LearnerSettings settings;
    private final Layout layout;

    /** Null where the fleet only explains. */
    private Experts experts;

    private Standardiser standardiser;
    private Mixture mixture;
    private double absoluteError;
    private Explainer explainer;

    /**
     * A fleet that has learned nothing.
     *
     * @param withExperts false if it only keeps the moments for its explanation
     */
    public FleetLearner(LearnerSettings settings, boolean withExperts) {
        this.settings = settings;
        layout = new Layout(settings);
        experts = withExperts ? new Experts(settings, layout) : null;
        standardiser = new Standardiser(layout.latents() + 1, settings.standardisingMillis());
        mixture = new Mixture(settings.halfLives().size());
        explainer = new Explainer(settings, layout, quantileSamples());
    }

    private int quantileSamples() {
        return QUANTILE_PERIODS * settings.quantileSamples();
    }

    /**
     * What the fleet's experts say about a frame.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]; those of absent modalities are ignored
     * @throws IllegalArgumentException if the length is wrong or a present latent is not finite
     */
    public FleetForecast predict(long time, int present, double[] latents) {
        layout.requireLatents(present, latents);
        if (experts == null || !experts.hasLearned()) {
            return FleetForecast.unknown();
        }
        return new FleetForecast(
                expertForecasts(present, latents),
                mixture.weights(),
                mixture.rootMeanSquare(),
                absoluteError);
    }

    private ExpertForecasts expertForecasts(int present, double[] latents) {
        int target = standardiser.target();
        return experts.predict(
                present,
                standardiser.standardise(layout.indices(present), latents),
                standardiser.mean(target),
                standardiser.deviation(target));
    }

    /**
     * Learns labels that became known at one instant, all together: every one is first predicted
     * from what was known before.
     *
     * @param labels sorted by asset
     */
    public void learn(List<LabelledLatents> labels) {
        for (LabelledLatents label : labels) {
            layout.requireLatents(label.present(), label.latents());
        }
        if (experts != null && experts.hasLearned()) {
            for (LabelledLatents label : labels) {
                score(label, labels.size());
            }
        }
        for (LabelledLatents label : labels) {
            double[] latents =
                    standardiser.learn(
                            label.time(),
                            layout.indices(label.present()),
                            label.latents(),
                            label.target());
            if (experts != null) {
                experts.learn(
                        label.time(),
                        label.present(),
                        latents,
                        standardiser.standardise(standardiser.target(), label.target()));
            }
            explainer.add(label.time(), label.present(), latents, label.target());
        }
        explainer.advance();
    }

    /** All labels of one instant count as one for the weights. */
    private void score(LabelledLatents label, int sameInstant) {
        ExpertForecasts forecasts = expertForecasts(label.present(), label.latents());
        double prediction = 0;
        for (int k = 0; k < forecasts.size(); k++) {
            prediction += mixture.weight(k) * forecasts.prediction(k);
        }
        float[] deviations = new float[forecasts.size()];
        for (int k = 0; k < deviations.length; k++) {
            deviations[k] = Mixture.deviation(forecasts.prediction(k), prediction);
        }
        double deviation = standardiser.deviation(standardiser.target());
        double target = standardiser.clippedTarget(label.target());
        double rate = mixture.rate();
        double error = mixture.learn(deviations, target - prediction, sameInstant - 1L, deviation);
        absoluteError += rate * (Math.abs(error) - absoluteError);
    }

    /** The fleet's latest decomposition; undefined, with the reason, before there are labels. */
    public RollingExplanation explanation() {
        return explainer.latest();
    }

    /** Whether the last {@link #learn} ended a block. */
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

    /** Writes the state, which depends on the settings. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        settings.writeShape(out);
        out.writeBoolean(experts != null);
        if (experts != null) {
            experts.writeTo(out);
        }
        standardiser.writeTo(out);
        mixture.writeTo(out);
        out.writeDouble(absoluteError);
        explainer.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote; what it does from there on is the same bit for bit.
     *
     * @throws IOException if it was written under other modalities, sizes or half-lives, naming
     *     both; or in an unknown format
     */
    public static FleetLearner readFrom(DataInput in, LearnerSettings settings, boolean withExperts)
            throws IOException {
        State.requireVersion("fleet learner", in.readByte(), VERSION);
        settings.requireShape("fleet learner", in);
        State.requireSame("experts of the fleet", in.readBoolean(), withExperts);
        FleetLearner fleet = new FleetLearner(settings, withExperts);
        Layout layout = fleet.layout;
        if (withExperts) {
            fleet.experts = Experts.readFrom(in, settings, layout);
        }
        fleet.standardiser =
                Standardiser.readFrom(in, layout.latents() + 1, settings.standardisingMillis());
        fleet.mixture = Mixture.readFrom(in, settings.halfLives().size());
        fleet.absoluteError = in.readDouble();
        fleet.explainer = Explainer.readFrom(in, settings, layout, fleet.quantileSamples());
        return fleet;
    }
}
