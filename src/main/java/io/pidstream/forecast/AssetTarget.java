package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * The learner of one target of one asset. Mixes the fleet's experts and the asset's own, each with
 * and without bias correction, into a forecast that is the sum of a baseline and one contribution
 * per modality.
 */
final class AssetTarget implements LearnedTarget<AssetTarget> {
    static final Part PART =
            Part.of(
                    "learn/asset-target",
                    1,
                    ScaledExperts.PART,
                    LevelCorrections.PART,
                    Mixture.PART,
                    AdaptiveInterval.PART);

    /** If the fleet can predict, the asset's own experts join after this many labels. */
    private static final int SILENT_LABELS = 8;

    private final FeatureLayout layout;
    private final int perLevel;

    private ScaledExperts own;
    private LevelCorrections levels;
    private Mixture mixture;
    private AdaptiveInterval interval;

    /**
     * @param ownExperts false if only the fleet's experts predict
     */
    AssetTarget(LearnerSettings settings, FeatureLayout layout, boolean ownExperts) {
        this.layout = layout;
        perLevel = ExpertGroups.size(settings);
        own = new ScaledExperts(settings, layout, ownExperts);
        levels = new LevelCorrections(experts());
        mixture = new Mixture(experts() * LevelCorrections.VARIANTS);
        interval = new AdaptiveInterval(settings.interval());
    }

    /** The fleet's experts come first. */
    private int experts() {
        return own.hasExperts() ? 2 * perLevel : perLevel;
    }

    /**
     * Predicts the target of a frame.
     *
     * @param inputs see {@link FeatureLayout#inputs}; those of absent modalities are ignored
     * @param fleet the fleet's forecast; null without a fleet
     * @param number sequence number of this forecast within the asset
     * @param labels number of labels that the asset has learned
     */
    Forecast predict(
            ModalitySet present, double[] inputs, FleetForecast fleet, long number, long labels) {
        boolean fleetKnows = fleet != null && fleet.isKnown();
        boolean ownKnow = own.isAwake() && (!fleetKnows || labels >= SILENT_LABELS);
        if (!fleetKnows && !ownKnow) {
            return Forecast.unknown(number);
        }
        if (fleetKnows && mixture.isFresh() && fleet.rootMeanSquareError() > 0) {
            startFrom(fleet);
        }
        ForecastBuilder forecast = new ForecastBuilder(levels, mixture, layout.modalities());
        if (fleetKnows) {
            forecast.add(0, requireFitting(fleet.experts()));
        }
        if (ownKnow) {
            forecast.add(perLevel, own.predict(present, inputs));
        }
        return forecast.forecast(interval.halfWidth(own.deviation()), number);
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
                            + " experts and one contribution per modality of each");
        }
        return fleet;
    }

    private void startFrom(FleetForecast fleet) {
        double[] initial = new double[experts() * LevelCorrections.VARIANTS];
        double perVariant = 1.0 / LevelCorrections.VARIANTS;
        for (int e = 0; e < experts(); e++) {
            double ofLevel = e < perLevel ? weight(fleet, e) : 1.0 / perLevel;
            double share = own.hasExperts() ? 0.5 : 1;
            for (int v = 0; v < LevelCorrections.VARIANTS; v++) {
                initial[e * LevelCorrections.VARIANTS + v] = share * ofLevel * perVariant;
            }
        }
        mixture.seed(initial, fleet.rootMeanSquareError());
        interval.seed(fleet.meanAbsoluteError());
    }

    /** Initial weight of an expert; silent experts share the rest equally. */
    private double weight(FleetForecast fleet, int expert) {
        if (fleet.experts().isAwake(expert)) {
            return fleet.weights()[expert];
        }
        int[] awake = IntStream.range(0, perLevel).filter(fleet.experts()::isAwake).toArray();
        double trusted = IntStream.of(awake).mapToDouble(e -> fleet.weights()[e]).sum();
        return (1 - trusted) / (perLevel - awake.length);
    }

    @Override
    public AssetTarget forked(LearnerSettings mine, LearnerSettings others) {
        FeatureLayout forkLayout = new FeatureLayout(others);
        boolean ownExperts = own.hasExperts();
        if (Learner.sameFeatures(mine, others)) {
            return Wire.copy(
                    this::writeTo,
                    in -> readFrom(in, Versions.CURRENT, others, forkLayout, ownExperts));
        }
        AssetTarget fork = new AssetTarget(others, forkLayout, ownExperts);
        if (Learner.addsFeatures(mine, others)) {
            fork.own.takeOverChannels(own);
            int[] places = bothLevels(ExpertGroups.places(mine, others), fork.perLevel);
            fork.levels.takeOver(levels, places);
            fork.mixture.takeOver(mixture, LevelCorrections.VARIANTS, places);
            fork.interval = interval.copy(others.interval());
        }
        return fork;
    }

    /** Positions of the fleet's experts, then of the asset's own if it has any. */
    private int[] bothLevels(int[] places, int perLevelThen) {
        IntStream fleet = IntStream.of(places);
        return own.hasExperts()
                ? IntStream.concat(fleet, IntStream.of(places).map(p -> perLevelThen + p)).toArray()
                : fleet.toArray();
    }

    /**
     * Scores the forecast of a frame and learns its label.
     *
     * @param forecast the forecast made for this frame; null if there was none
     * @param lag number of forecasts made since that one
     * @return the features, standardised; 0 where absent
     */
    double[] learn(
            long time,
            ModalitySet present,
            double[] inputs,
            double target,
            Forecast forecast,
            long lag) {
        if (forecast != null && forecast.isKnown()) {
            score(target, forecast, lag);
        }
        return own.learn(time, present, inputs, target);
    }

    private void score(double target, Forecast forecast, long lag) {
        double deviation = own.deviation();
        double error = own.clippedTarget(target) - forecast.prediction();
        if (forecast.experts().length == mixture.size()) {
            error = mixture.learn(forecast.experts(), error, lag, deviation);
            levels.learn(
                    forecast.experts(),
                    error,
                    deviation > 0 ? Standardiser.RANGE * deviation : Double.POSITIVE_INFINITY);
        }
        // A forecast by a former program with different experts cannot score the present ones.
        interval.learn(!forecast.covers(target), error, lag, deviation);
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        own.writeTo(out);
        levels.writeTo(out);
        mixture.writeTo(out);
        interval.writeTo(out);
    }

    static AssetTarget readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            boolean ownExperts)
            throws IOException {
        AssetTarget target = new AssetTarget(settings, layout, ownExperts);
        target.own = ScaledExperts.readFrom(in, versions, settings, layout, ownExperts);
        int[] places = target.bothLevels(ExpertGroups.places(settings, versions), target.perLevel);
        target.levels.takeOver(LevelCorrections.readFrom(in, places.length), places);
        int variants = LevelCorrections.VARIANTS;
        target.mixture =
                Mixture.readFrom(in, places.length * variants)
                        .extended(target.mixture.size(), variants, places);
        target.interval = AdaptiveInterval.readFrom(in, settings.interval());
        return target;
    }
}
