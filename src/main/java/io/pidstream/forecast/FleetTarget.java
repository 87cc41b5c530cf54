package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The learner of one target of a fleet. */
final class FleetTarget implements LearnedTarget<FleetTarget> {
    static final Part PART =
            Part.of(
                    "learn/fleet-target",
                    2,
                    ScaledExperts.PART,
                    Mixture.PART,
                    LabelRange.PART,
                    SituationTables.PART);

    /** The values that the target can have. */
    private final LabelRange bounds;

    private ScaledExperts experts;
    private Mixture mixture;
    private double absoluteError;
    private LabelRange range = LabelRange.UNKNOWN;

    /** Null if nothing is predicted. */
    private SituationTables situations;

    /**
     * @param withExperts false if the fleet only explains
     */
    FleetTarget(LearnerSettings settings, FeatureLayout layout, boolean withExperts) {
        bounds = settings.bounds();
        experts = new ScaledExperts(settings, layout, Level.FLEET, withExperts);
        mixture = new Mixture(ExpertGroups.size(settings, Level.FLEET));
        situations = withExperts ? new SituationTables(settings, layout) : null;
    }

    FleetForecast predict(long time, ModalitySet present, FrameInputs inputs, boolean byChannel) {
        if (!experts.isAwake()) {
            return FleetForecast.unknown();
        }
        ExpertForecasts forecasts = experts.predict(time, present, inputs, byChannel);
        double[] predictions = new double[forecasts.size()];
        for (int k = 0; k < predictions.length; k++) {
            predictions[k] = range.within(bounds).clip(forecasts.prediction(k));
        }
        Mixed mixed = mixed(predictions);
        return new FleetForecast(
                forecasts,
                mixture.weights(),
                mixture.rootMeanSquare(),
                absoluteError,
                range,
                situations.of(
                        present,
                        inputs.values(),
                        mixed.prediction(),
                        mixed.disagreement(),
                        experts.deviation()));
    }

    /** The mixture's prediction and the weighted mean absolute deviation of the experts from it. */
    private record Mixed(double prediction, double disagreement) {}

    /**
     * @param predictions [experts], clipped; NaN for a silent one
     */
    private Mixed mixed(double[] predictions) {
        double prediction = 0;
        double awake = 0;
        boolean all = true;
        for (int k = 0; k < predictions.length; k++) {
            if (Double.isNaN(predictions[k])) {
                all = false;
            } else {
                prediction += mixture.weight(k) * predictions[k];
                awake += mixture.weight(k);
            }
        }
        if (!all) {
            prediction /= awake;
        }
        double disagreement = 0;
        for (int k = 0; k < predictions.length; k++) {
            if (!Double.isNaN(predictions[k])) {
                disagreement += mixture.weight(k) * Math.abs(predictions[k] - prediction);
            }
        }
        return new Mixed(prediction, disagreement / awake);
    }

    /**
     * Scores the experts on a label; for the weights, all labels of one instant count as one.
     *
     * @param target value of this target
     * @param sameInstant number of labels that became known at the same instant
     */
    void score(LabelledFeatures label, double target, int sameInstant) {
        if (!experts.isAwake()) {
            return;
        }
        double[] predictions = experts.predictions(label.time(), label.present(), label.of());
        for (int k = 0; k < predictions.length; k++) {
            predictions[k] = range.within(bounds).clip(predictions[k]);
        }
        Mixed mixed = mixed(predictions);
        double prediction = mixed.prediction();
        float[] deviations = new float[mixture.size()];
        for (int k = 0; k < predictions.length; k++) {
            if (!Double.isNaN(predictions[k])) {
                deviations[k] = Mixture.deviation(predictions[k], prediction);
            }
        }
        double clipped = experts.clippedTarget(target);
        double rate = mixture.rate();
        double error =
                mixture.learn(
                        deviations, clipped - prediction, 1.0 / sameInstant, experts.deviation());
        absoluteError += rate * (Math.abs(error) - absoluteError);
        situations.learn(label, prediction, mixed.disagreement(), error, experts.deviation());
    }

    /** Learns a label; returns the standardised features. */
    double[] learn(LabelledFeatures label, double target) {
        range = range.with(experts.clippedTarget(target));
        return experts.learn(label.time(), label.present(), label.of(), target);
    }

    /** Ends an instant: the labels learned take effect together. */
    void advance() {
        experts.advance();
        if (situations != null) {
            situations.advance();
        }
    }

    @Override
    public FleetTarget forked(LearnerSettings mine, LearnerSettings others) {
        FeatureLayout layout = new FeatureLayout(others).ofTarget(experts.layout().target());
        boolean withExperts = experts.hasExperts();
        if (Learner.sameFeatures(mine, others)) {
            return Wire.copy(
                    this::writeTo,
                    in -> readFrom(in, Versions.CURRENT, others, layout, withExperts));
        }
        FleetTarget fork = new FleetTarget(others, layout, withExperts);
        if (Learner.sharesChannels(others)) {
            fork.experts.takeOverChannels(experts);
            if (withExperts) {
                fork.mixture.takeOver(mixture, 1, ExpertGroups.places(mine, others, Level.FLEET));
                fork.absoluteError = absoluteError;
                fork.situations =
                        Wire.copy(
                                situations::writeTo,
                                in -> SituationTables.readFrom(in, others, layout));
            }
            fork.range = range;
        }
        return fork;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        experts.writeTo(out);
        mixture.writeTo(out);
        out.writeDouble(absoluteError);
        range.writeTo(out);
        if (situations != null) {
            situations.writeTo(out);
        }
    }

    static FleetTarget readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            boolean withExperts)
            throws IOException {
        FleetTarget target = new FleetTarget(settings, layout, withExperts);
        target.experts =
                ScaledExperts.readFrom(in, versions, settings, layout, Level.FLEET, withExperts);
        Mixture written = Mixture.readFrom(in, ExpertGroups.size(settings, Level.FLEET, versions));
        target.mixture =
                written.extended(
                        target.mixture.size(),
                        1,
                        ExpertGroups.places(settings, Level.FLEET, versions));
        target.absoluteError = in.readDouble();
        target.range =
                versions.of(PART) > 1 ? LabelRange.readFrom(in) : target.experts.targetRange();
        if (withExperts && versions.of(PART) > 1) {
            target.situations = SituationTables.readFrom(in, settings, layout);
        }
        return target;
    }
}
