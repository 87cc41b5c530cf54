package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;
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
                    2,
                    ScaledExperts.PART,
                    LevelCorrections.PART,
                    Mixture.PART,
                    ErrorScale.PART,
                    AdaptiveInterval.PART,
                    LabelRange.PART);

    /** If the fleet can predict, the asset's own experts join after this many labels. */
    private static final int SILENT_LABELS = 8;

    private final FeatureLayout layout;

    /** The target may leave the range of the labels known so far, but not this one. */
    private final LabelRange bounds;

    /** Number of the fleet's experts, which come first. */
    private final int ofFleet;

    /** Number of the asset's own experts; 0 if it has none. */
    private final int ofAsset;

    /** Position of the linear yardstick among the experts of either level. */
    private final int yardstick;

    private ScaledExperts own;
    private LevelCorrections levels;
    private Mixture mixture;
    private ErrorScale scale = new ErrorScale();
    private AdaptiveInterval interval;
    private LabelRange range = LabelRange.UNKNOWN;

    /**
     * @param ownExperts false if only the fleet's experts predict
     */
    AssetTarget(LearnerSettings settings, FeatureLayout layout, boolean ownExperts) {
        this.layout = layout;
        bounds = settings.bounds();
        ofFleet = ExpertGroups.size(settings, Level.FLEET);
        ofAsset = ownExperts ? ExpertGroups.size(settings, Level.ASSET) : 0;
        yardstick = ExpertGroups.linearYardstick(settings);
        own = new ScaledExperts(settings, layout, Level.ASSET, ownExperts);
        levels = new LevelCorrections(experts());
        mixture = new Mixture(experts() * LevelCorrections.VARIANTS);
        interval = new AdaptiveInterval(settings.intervals());
    }

    private int experts() {
        return ofFleet + ofAsset;
    }

    /**
     * Predicts the target of a frame.
     *
     * @param time time of the frame, milliseconds
     * @param inputs see {@link FeatureLayout#inputs}; those of absent modalities are ignored
     * @param fleet the fleet's forecast; null without a fleet
     * @param number sequence number of this forecast within the asset
     * @param labels number of labels that the asset has learned
     * @param byChannel whether to split contributions by channel
     */
    ForecastByChannel predict(
            long time,
            ModalitySet present,
            double[] inputs,
            FleetForecast fleet,
            long number,
            long labels,
            boolean byChannel) {
        boolean fleetKnows = fleet != null && fleet.isKnown();
        boolean ownKnow = own.isAwake() && (!fleetKnows || labels >= SILENT_LABELS);
        if (!fleetKnows && !ownKnow) {
            return ForecastByChannel.unknown(Forecast.unknown(number));
        }
        if (fleetKnows && mixture.isFresh() && fleet.rootMeanSquareError() > 0) {
            startFrom(fleet);
        }
        LabelRange clip = fleetKnows ? range.with(fleet.range()) : range;
        ForecastBuilder forecast =
                new ForecastBuilder(
                        levels,
                        mixture,
                        clip.within(bounds),
                        layout.modalities(),
                        byChannel ? new ChannelSplit(layout) : null);
        if (fleetKnows) {
            forecast.add(0, requireFitting(fleet.experts()));
            forecast.measureBy(fleet.experts().prediction(yardstick));
        }
        if (ownKnow) {
            ExpertForecasts experts =
                    own.predict(time, present, new FrameInputs(inputs), byChannel);
            forecast.add(ofFleet, experts);
            if (experts.isAwake(yardstick)) {
                forecast.measureBy(experts.prediction(yardstick));
            }
        }
        FleetForecast known = fleetKnows ? fleet : FleetForecast.unknown();
        return forecast.forecast(
                (prediction, disagreement) -> judge(prediction, disagreement, known), number);
    }

    private ForecastBuilder.Judgement judge(
            double prediction, double disagreement, FleetForecast fleet) {
        double deviation = own.deviation();
        Situation situation = fleet.situation();
        double unit = Math.max(deviation, situation.deviation());
        float[] candidates = scale.candidates(situation, prediction, disagreement, unit);
        double size = scale.scale(candidates);
        double trust = scale.trustInFleet();
        return new ForecastBuilder.Judgement(
                scale.expected(size),
                size,
                candidates,
                interval.ends(
                        prediction,
                        size * StrictMath.pow(situation.above(), trust),
                        size * StrictMath.pow(situation.below(), trust),
                        unit,
                        bounds));
    }

    private ExpertForecasts requireFitting(ExpertForecasts fleet) {
        if (fleet.size() != ofFleet
                || fleet.contributions().length != ofFleet * layout.modalities()
                || (fleet.byChannel() && fleet.channels().length != ofFleet * layout.features())) {
            throw new IllegalArgumentException(
                    "forecast of the fleet has "
                            + fleet.size()
                            + " experts and "
                            + fleet.contributions().length
                            + " contributions, "
                            + fleet.channels().length
                            + " by channel, expected "
                            + ofFleet
                            + " experts, of each one contribution per modality and per feature");
        }
        return fleet;
    }

    private void startFrom(FleetForecast fleet) {
        double[] initial = new double[experts() * LevelCorrections.VARIANTS];
        double perVariant = 1.0 / LevelCorrections.VARIANTS;
        for (int e = 0; e < experts(); e++) {
            double ofLevel = e < ofFleet ? weight(fleet, e) : 1.0 / ofAsset;
            double share = own.hasExperts() ? 0.5 : 1;
            for (int v = 0; v < LevelCorrections.VARIANTS; v++) {
                initial[e * LevelCorrections.VARIANTS + v] = share * ofLevel * perVariant;
            }
        }
        mixture.seed(initial, fleet.rootMeanSquareError());
    }

    /** Initial weight of an expert; silent experts share the rest equally. */
    private double weight(FleetForecast fleet, int expert) {
        if (fleet.experts().isAwake(expert)) {
            return fleet.weights()[expert];
        }
        int[] awake = IntStream.range(0, ofFleet).filter(fleet.experts()::isAwake).toArray();
        double trusted = IntStream.of(awake).mapToDouble(e -> fleet.weights()[e]).sum();
        return (1 - trusted) / (ofFleet - awake.length);
    }

    @Override
    public AssetTarget forked(LearnerSettings mine, LearnerSettings others) {
        FeatureLayout forkLayout = new FeatureLayout(others).ofTarget(own.layout().target());
        boolean ownExperts = own.hasExperts();
        if (Learner.sameFeatures(mine, others)) {
            return Wire.copy(
                    this::writeTo,
                    in -> readFrom(in, Versions.CURRENT, others, forkLayout, ownExperts));
        }
        AssetTarget fork = new AssetTarget(others, forkLayout, ownExperts);
        if (Learner.sharesChannels(others)) {
            fork.own.takeOverChannels(own);
            int[] places = fork.bothLevels(level -> ExpertGroups.places(mine, others, level));
            fork.levels.takeOver(levels, places);
            fork.mixture.takeOver(mixture, LevelCorrections.VARIANTS, places);
            fork.scale = scale.copy();
            fork.interval = interval.copy(others.intervals());
            fork.range = range;
        }
        return fork;
    }

    private interface Places<E extends Exception> {
        int[] of(Level level) throws E;
    }

    /** Positions of the fleet's experts, then of the asset's own if it has any. */
    private <E extends Exception> int[] bothLevels(Places<E> places) throws E {
        IntStream fleet = IntStream.of(places.of(Level.FLEET));
        return own.hasExperts()
                ? IntStream.concat(
                                fleet, IntStream.of(places.of(Level.ASSET)).map(p -> ofFleet + p))
                        .toArray()
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
        range = range.with(own.clippedTarget(target));
        double[] features = own.learn(time, present, new FrameInputs(inputs), target);
        own.advance();
        return features;
    }

    private void score(double target, Forecast forecast, long lag) {
        double deviation = own.deviation();
        double error = own.clippedTarget(target) - forecast.prediction();
        if (forecast.experts().length == mixture.size()) {
            error = mixture.learn(forecast.experts(), error, mixture.lateness(lag), deviation);
            levels.learn(
                    forecast.experts(),
                    error,
                    deviation > 0 ? Standardiser.RANGE * deviation : Double.POSITIVE_INFINITY);
        }
        // A forecast by a former program with different experts cannot score the present ones.
        scale.learn(forecast.uncertainty(), error, lag);
        interval.learn(forecast.ends(), forecast.prediction(), target, deviation, lag);
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        own.writeTo(out);
        levels.writeTo(out);
        mixture.writeTo(out);
        scale.writeTo(out);
        interval.writeTo(out);
        range.writeTo(out);
    }

    static AssetTarget readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            boolean ownExperts)
            throws IOException {
        AssetTarget target = new AssetTarget(settings, layout, ownExperts);
        target.own =
                ScaledExperts.readFrom(in, versions, settings, layout, Level.ASSET, ownExperts);
        int[] places = target.bothLevels(level -> ExpertGroups.places(settings, level, versions));
        target.levels.takeOver(LevelCorrections.readFrom(in, places.length), places);
        int variants = LevelCorrections.VARIANTS;
        target.mixture =
                Mixture.readFrom(in, places.length * variants)
                        .extended(target.mixture.size(), variants, places);
        if (versions.of(AdaptiveInterval.PART) > 1) {
            target.scale = ErrorScale.readFrom(in);
            target.interval = AdaptiveInterval.readFrom(in, settings.intervals());
        } else {
            AdaptiveInterval.Former former = AdaptiveInterval.readFormer(in, settings.intervals());
            target.scale = former.scale();
            target.interval = former.interval();
        }
        target.range = versions.of(PART) > 1 ? LabelRange.readFrom(in) : target.own.targetRange();
        return target;
    }
}
