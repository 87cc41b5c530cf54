package io.pidstream.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a fleet has learned together about one target. */
final class FleetTarget {
    private static final byte VERSION = 1;

    private final Layout layout;

    /** Null where the fleet only explains. */
    private Experts experts;

    private Standardiser standardiser;
    private Mixture mixture;
    private double absoluteError;

    /**
     * @param withExperts false if it only keeps what standardises the latents
     */
    FleetTarget(LearnerSettings settings, Layout layout, boolean withExperts) {
        this.layout = layout;
        experts = withExperts ? new Experts(settings, layout) : null;
        standardiser = new Standardiser(layout.latents() + 1, settings.standardisingMillis());
        mixture = new Mixture(settings.halfLives().size());
    }

    FleetForecast predict(int present, double[] latents) {
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
     * Scores the experts by a label; all labels of one instant count as one for the weights.
     *
     * @param target value of this target
     * @param sameInstant number of labels that became known at the same instant
     */
    void score(LabelledLatents label, double target, int sameInstant) {
        if (experts == null || !experts.hasLearned()) {
            return;
        }
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
        double clipped = standardiser.clippedTarget(target);
        double rate = mixture.rate();
        double error = mixture.learn(deviations, clipped - prediction, sameInstant - 1L, deviation);
        absoluteError += rate * (Math.abs(error) - absoluteError);
    }

    /** Learns a label; gives the latents, standardised. */
    double[] learn(LabelledLatents label, double target) {
        double[] latents =
                standardiser.learn(
                        label.time(), layout.indices(label.present()), label.latents(), target);
        if (experts != null) {
            double y = standardiser.standardise(standardiser.target(), target);
            experts.learn(label.time(), label.present(), latents, y);
        }
        return latents;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        if (experts != null) {
            experts.writeTo(out);
        }
        standardiser.writeTo(out);
        mixture.writeTo(out);
        out.writeDouble(absoluteError);
    }

    static FleetTarget readFrom(
            DataInput in, LearnerSettings settings, Layout layout, boolean withExperts)
            throws IOException {
        State.requireVersion("target of a fleet", in.readByte(), VERSION);
        FleetTarget target = new FleetTarget(settings, layout, withExperts);
        if (withExperts) {
            target.experts = Experts.readFrom(in, settings, layout);
        }
        target.standardiser =
                Standardiser.readFrom(in, layout.latents() + 1, settings.standardisingMillis());
        target.mixture = Mixture.readFrom(in, settings.halfLives().size());
        target.absoluteError = in.readDouble();
        return target;
    }
}
