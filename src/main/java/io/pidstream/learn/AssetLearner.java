package io.pidstream.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What has been learned about one asset: one per asset and model version. Mixes the fleet's experts
 * and the asset's own, each with and without a correction of its level, into a forecast that is a
 * sum of one contribution per modality and a baseline.
 *
 * <p>Give it frames and labels in the order in which they became known. Not thread-safe.
 */
public final class AssetLearner {
    private static final byte VERSION = 1;

    /** Where the fleet can predict, the asset's own experts keep silent for as many labels. */
    private static final int SILENT_LABELS = 8;

    private final LearnerSettings settings;
    private final Layout layout;
    private final int perLevel;

    /** Null where only the fleet has experts. */
    private Experts own;

    private Standardiser standardiser;
    private Levels levels;
    private Mixture mixture;
    private AdaptiveInterval interval;
    private Explainer explainer;
    private long forecasts;
    private long labels;

    /**
     * An asset of which nothing is known.
     *
     * @param ownExperts false if only the fleet's experts predict
     */
    public AssetLearner(LearnerSettings settings, boolean ownExperts) {
        this.settings = settings;
        layout = new Layout(settings);
        perLevel = settings.halfLives().size();
        own = ownExperts ? new Experts(settings, layout) : null;
        standardiser = new Standardiser(layout.latents() + 1, settings.standardisingMillis());
        levels = new Levels(experts());
        mixture = new Mixture(experts() * Levels.VARIANTS);
        interval = new AdaptiveInterval(settings.interval());
        explainer = new Explainer(settings, layout, settings.quantileSamples());
    }

    /** The fleet's experts come first. */
    private int experts() {
        return own == null ? perLevel : 2 * perLevel;
    }

    /**
     * Predicts the target of a frame.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]; those of absent modalities are ignored
     * @param fleet what the fleet's experts say; null where there are none
     * @return not {@link Forecast#isKnown() known} as long as neither the fleet nor the asset has
     *     learned any label
     * @throws IllegalArgumentException if the length is wrong or a present latent is not finite
     */
    public Forecast predict(long time, int present, double[] latents, FleetForecast fleet) {
        layout.requireLatents(present, latents);
        long number = forecasts++;
        boolean fleetKnows = fleet != null && fleet.isKnown();
        boolean ownKnow =
                own != null && own.hasLearned() && (!fleetKnows || labels >= SILENT_LABELS);
        if (!fleetKnows && !ownKnow) {
            return Forecast.unknown(number);
        }
        if (fleetKnows && mixture.isFresh() && fleet.rootMeanSquareError() > 0) {
            startFrom(fleet);
        }
        Mixed mixed = new Mixed(levels, mixture, layout.modalities());
        if (fleetKnows) {
            mixed.add(0, requireFitting(fleet.experts()));
        }
        double deviation = standardiser.deviation(standardiser.target());
        if (ownKnow) {
            double[] standardised = standardiser.standardise(layout.indices(present), latents);
            double mean = standardiser.mean(standardiser.target());
            mixed.add(perLevel, own.predict(present, standardised, mean, deviation));
        }
        return mixed.forecast(interval.halfWidth(deviation), number);
    }

    private ExpertForecasts requireFitting(ExpertForecasts fleet) {
        if (fleet.size() != perLevel
                || fleet.contributions().length != perLevel * layout.modalities()) {
            throw new IllegalArgumentException(
                    "forecast of the fleet has "
                            + fleet.size()
                            + " experts and "
                            + fleet.contributions().length
                            + " contributions, expected "
                            + perLevel
                            + " and "
                            + perLevel * layout.modalities());
        }
        return fleet;
    }

    private void startFrom(FleetForecast fleet) {
        double[] initial = new double[experts() * Levels.VARIANTS];
        double perVariant = 1.0 / Levels.VARIANTS;
        for (int e = 0; e < experts(); e++) {
            double ofLevel = e < perLevel ? fleet.weights()[e] : 1.0 / perLevel;
            double share = own == null ? 1 : 0.5;
            for (int v = 0; v < Levels.VARIANTS; v++) {
                initial[e * Levels.VARIANTS + v] = share * ofLevel * perVariant;
            }
        }
        mixture.seed(initial, fleet.rootMeanSquareError());
        interval.seed(fleet.meanAbsoluteError());
    }

    /**
     * Scores the forecast of a frame and learns its label.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]
     * @param target finite
     * @param forecast as it was made for this frame; null if none was
     */
    public void learn(long time, int present, double[] latents, double target, Forecast forecast) {
        layout.requireLatents(present, latents);
        if (!Double.isFinite(target)) {
            throw new IllegalArgumentException("target is " + target);
        }
        if (forecast != null && forecast.isKnown()) {
            score(target, forecast);
        }
        double[] standardised = standardiser.learn(time, layout.indices(present), latents, target);
        if (own != null) {
            double y = standardiser.standardise(standardiser.target(), target);
            own.learn(time, present, standardised, y);
        }
        labels++;
        explainer.add(time, present, standardised, target);
        explainer.advance();
    }

    private void score(double target, Forecast forecast) {
        if (forecast.experts().length != mixture.size()) {
            throw new IllegalArgumentException(
                    "forecast is of "
                            + forecast.experts().length
                            + " experts, expected "
                            + mixture.size());
        }
        long lag = Math.max(0, forecasts - 1 - forecast.number());
        double deviation = standardiser.deviation(standardiser.target());
        double error = standardiser.clippedTarget(target) - forecast.prediction();
        double bounded = mixture.learn(forecast.experts(), error, lag, deviation);
        levels.learn(
                forecast.experts(),
                bounded,
                deviation > 0 ? Standardiser.RANGE * deviation : Double.POSITIVE_INFINITY);
        interval.learn(!forecast.covers(target), bounded, lag, deviation);
    }

    /** The asset's latest decomposition; undefined, with the reason, before there are labels. */
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
        out.writeBoolean(own != null);
        if (own != null) {
            own.writeTo(out);
        }
        standardiser.writeTo(out);
        levels.writeTo(out);
        mixture.writeTo(out);
        interval.writeTo(out);
        explainer.writeTo(out);
        out.writeLong(forecasts);
        out.writeLong(labels);
    }

    /**
     * Reads what {@link #writeTo} wrote; what it does from there on is the same bit for bit.
     *
     * @throws IOException if it was written under other modalities, sizes or half-lives, naming
     *     both; or in an unknown format
     */
    public static AssetLearner readFrom(DataInput in, LearnerSettings settings, boolean ownExperts)
            throws IOException {
        State.requireVersion("asset learner", in.readByte(), VERSION);
        settings.requireShape("asset learner", in);
        State.requireSame("experts of the asset", in.readBoolean(), ownExperts);
        AssetLearner asset = new AssetLearner(settings, ownExperts);
        Layout layout = asset.layout;
        if (ownExperts) {
            asset.own = Experts.readFrom(in, settings, layout);
        }
        asset.standardiser =
                Standardiser.readFrom(in, layout.latents() + 1, settings.standardisingMillis());
        asset.levels = Levels.readFrom(in, asset.experts());
        asset.mixture = Mixture.readFrom(in, asset.mixture.size());
        asset.interval = AdaptiveInterval.readFrom(in, settings.interval());
        asset.explainer = Explainer.readFrom(in, settings, layout, settings.quantileSamples());
        asset.forecasts = in.readLong();
        asset.labels = in.readLong();
        return asset;
    }
}
