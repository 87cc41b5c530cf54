package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The learner of one target of a fleet. */
final class FleetTarget implements LearnedTarget<FleetTarget> {
    static final Part PART = Part.of("learn/fleet-target", 1, ScaledExperts.PART, Mixture.PART);

    private ScaledExperts experts;
    private Mixture mixture;
    private double absoluteError;

    /**
     * @param withExperts false if the fleet only explains
     */
    FleetTarget(LearnerSettings settings, FeatureLayout layout, boolean withExperts) {
        experts = new ScaledExperts(settings, layout, withExperts);
        mixture = new Mixture(ExpertGroups.size(settings));
    }

    FleetForecast predict(ModalitySet present, double[] inputs) {
        if (!experts.isAwake()) {
            return FleetForecast.unknown();
        }
        return new FleetForecast(
                experts.predict(present, inputs),
                mixture.weights(),
                mixture.rootMeanSquare(),
                absoluteError);
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
        ExpertForecasts forecasts = experts.predict(label.present(), label.inputs());
        double prediction = 0;
        double awake = 0;
        boolean all = true;
        for (int k = 0; k < forecasts.size(); k++) {
            if (forecasts.isAwake(k)) {
                prediction += mixture.weight(k) * forecasts.prediction(k);
                awake += mixture.weight(k);
            } else {
                all = false;
            }
        }
        if (!all) {
            prediction /= awake;
        }
        float[] deviations = new float[mixture.size()];
        for (int k = 0; k < forecasts.size(); k++) {
            if (forecasts.isAwake(k)) {
                deviations[k] = Mixture.deviation(forecasts.prediction(k), prediction);
            }
        }
        double clipped = experts.clippedTarget(target);
        double rate = mixture.rate();
        double error =
                mixture.learn(
                        deviations, clipped - prediction, sameInstant - 1L, experts.deviation());
        absoluteError += rate * (Math.abs(error) - absoluteError);
    }

    /** Learns a label; returns the standardised features. */
    double[] learn(LabelledFeatures label, double target) {
        return experts.learn(label.time(), label.present(), label.inputs(), target);
    }

    @Override
    public FleetTarget forked(LearnerSettings mine, LearnerSettings others) {
        FeatureLayout layout = new FeatureLayout(others);
        boolean withExperts = experts.hasExperts();
        if (Learner.sameFeatures(mine, others)) {
            return Wire.copy(
                    this::writeTo,
                    in -> readFrom(in, Versions.CURRENT, others, layout, withExperts));
        }
        FleetTarget fork = new FleetTarget(others, layout, withExperts);
        if (Learner.addsFeatures(mine, others)) {
            fork.experts.takeOverChannels(experts);
            if (withExperts) {
                fork.mixture.takeOver(mixture, 1, ExpertGroups.places(mine, others));
                fork.absoluteError = absoluteError;
            }
        }
        return fork;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        experts.writeTo(out);
        mixture.writeTo(out);
        out.writeDouble(absoluteError);
    }

    static FleetTarget readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            boolean withExperts)
            throws IOException {
        FleetTarget target = new FleetTarget(settings, layout, withExperts);
        target.experts = ScaledExperts.readFrom(in, versions, settings, layout, withExperts);
        Mixture written = Mixture.readFrom(in, ExpertGroups.size(settings, versions));
        target.mixture =
                written.extended(target.mixture.size(), 1, ExpertGroups.places(settings, versions));
        target.absoluteError = in.readDouble();
        return target;
    }
}
