package io.pidstream.forecast;

import io.pidstream.format.Copies;
import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What has been learned about one target of one asset. Mixes the fleet's experts and the asset's
 * own, each with and without a correction of its level, into a forecast that is a sum of one
 * contribution per modality and a baseline.
 */
final class TargetLearner {

    /** Where the fleet can predict, the asset's own experts keep silent for as many labels. */
    private static final int SILENT_LABELS = 8;

    private final byte version;
    private final Layout layout;
    private final int perLevel;

    /** Null where only the fleet has experts. */
    private Panels own;

    private Standardiser standardiser;
    private Levels levels;
    private Mixture mixture;
    private AdaptiveInterval interval;

    /**
     * @param ownExperts false if only the fleet's experts predict
     */
    TargetLearner(LearnerSettings settings, Layout layout, boolean ownExperts) {
        this.version = Panels.stateVersion(settings);
        this.layout = layout;
        perLevel = Panels.size(settings);
        own = ownExperts ? new Panels(settings, layout) : null;
        standardiser = new Standardiser(layout.latents() + 1, settings.standardisingMillis());
        levels = new Levels(experts());
        mixture = new Mixture(experts() * Levels.VARIANTS);
        interval = new AdaptiveInterval(settings.interval());
    }

    /** The fleet's experts come first. */
    private int experts() {
        return own == null ? perLevel : 2 * perLevel;
    }

    /**
     * Predicts the target of a frame.
     *
     * @param latents of all modalities, [d]; those of absent modalities are ignored
     * @param fleet what the fleet's experts say; null where there are none
     * @param number of this forecast among those of the asset
     * @param labels that the asset has learned
     */
    Forecast predict(int present, double[] latents, FleetForecast fleet, long number, long labels) {
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
        if (fleet.size() > perLevel
                || fleet.contributions().length != fleet.size() * layout.modalities()) {
            throw new IllegalArgumentException(
                    "forecast of the fleet has "
                            + fleet.size()
                            + " experts and "
                            + fleet.contributions().length
                            + " contributions, expected at most "
                            + perLevel
                            + " experts and one contribution per modality of each");
        }
        return fleet;
    }

    private void startFrom(FleetForecast fleet) {
        double[] initial = new double[experts() * Levels.VARIANTS];
        double perVariant = 1.0 / Levels.VARIANTS;
        for (int e = 0; e < experts(); e++) {
            double ofLevel = e < perLevel ? weight(fleet, e) : 1.0 / perLevel;
            double share = own == null ? 1 : 0.5;
            for (int v = 0; v < Levels.VARIANTS; v++) {
                initial[e * Levels.VARIANTS + v] = share * ofLevel * perVariant;
            }
        }
        mixture.seed(initial, fleet.rootMeanSquareError());
        interval.seed(fleet.meanAbsoluteError());
    }

    /** Of those that are silent, as much as is left. */
    private double weight(FleetForecast fleet, int expert) {
        int awake = fleet.weights().length;
        if (expert < awake) {
            return fleet.weights()[expert];
        }
        return (1 - Arrays.stream(fleet.weights()).sum()) / (perLevel - awake);
    }

    /** As this one was left by a version, for another one. */
    TargetLearner forked(LearnerSettings mine, LearnerSettings others) {
        boolean ownExperts = own != null;
        if (mine.latents() == others.latents()) {
            return Copies.through(
                    this::writeTo, in -> readFrom(in, others, new Layout(others), ownExperts));
        }
        TargetLearner fork = new TargetLearner(others, new Layout(others), ownExperts);
        if (mine.latent() > 0 || others.latent() == 0) {
            return fork;
        }
        fork.standardiser =
                standardiser.extended(fork.layout.latents() + 1, others.panels().get(0));
        if (ownExperts) {
            fork.own.takeOver(own, others);
        }
        int[] places =
                IntStream.range(0, experts())
                        .map(e -> e < perLevel ? e : fork.perLevel + e - perLevel)
                        .toArray();
        fork.levels.takeOver(levels, places);
        fork.mixture.takeOver(mixture, Levels.VARIANTS, places);
        fork.interval = interval.copy(others.interval());
        return fork;
    }

    /**
     * Scores the forecast of a frame and learns its label.
     *
     * @param forecast as it was made for this frame; null if none was
     * @param lag number of forecasts made since
     * @return the latents, standardised; 0 where absent
     */
    double[] learn(
            long time, int present, double[] latents, double target, Forecast forecast, long lag) {
        if (forecast != null && forecast.isKnown()) {
            score(target, forecast, lag);
        }
        double[] standardised = standardiser.learn(time, layout.indices(present), latents, target);
        if (own != null) {
            double y = standardiser.standardise(standardiser.target(), target);
            own.learn(time, present, standardised, y);
        }
        return standardised;
    }

    private void score(double target, Forecast forecast, long lag) {
        if (forecast.experts().length != mixture.size()) {
            throw new IllegalArgumentException(
                    "forecast is of "
                            + forecast.experts().length
                            + " experts, expected "
                            + mixture.size());
        }
        double deviation = standardiser.deviation(standardiser.target());
        double error = standardiser.clippedTarget(target) - forecast.prediction();
        double bounded = mixture.learn(forecast.experts(), error, lag, deviation);
        levels.learn(
                forecast.experts(),
                bounded,
                deviation > 0 ? Standardiser.RANGE * deviation : Double.POSITIVE_INFINITY);
        interval.learn(!forecast.covers(target), bounded, lag, deviation);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(version);
        if (own != null) {
            own.writeTo(out);
        }
        standardiser.writeTo(out);
        levels.writeTo(out);
        mixture.writeTo(out);
        interval.writeTo(out);
    }

    static TargetLearner readFrom(
            DataInput in, LearnerSettings settings, Layout layout, boolean ownExperts)
            throws IOException {
        State.requireVersion("learner of a target", in.readByte(), Panels.stateVersion(settings));
        TargetLearner target = new TargetLearner(settings, layout, ownExperts);
        if (ownExperts) {
            target.own = Panels.readFrom(in, settings, layout);
        }
        target.standardiser =
                Standardiser.readFrom(in, layout.latents() + 1, settings.standardisingMillis());
        target.levels = Levels.readFrom(in, target.experts());
        target.mixture = Mixture.readFrom(in, target.mixture.size());
        target.interval = AdaptiveInterval.readFrom(in, settings.interval());
        return target;
    }
}
