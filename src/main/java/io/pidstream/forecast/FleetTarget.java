package io.pidstream.forecast;

import io.pidstream.format.Copies;
import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a fleet has learned together about one target. */
final class FleetTarget {
    private final byte version;
    private final Layout layout;

    /** Null where the fleet only explains. */
    private Panels experts;

    private Standardiser standardiser;
    private Mixture mixture;
    private double absoluteError;

    /**
     * @param withExperts false if it only keeps what standardises the latents
     */
    FleetTarget(LearnerSettings settings, Layout layout, boolean withExperts) {
        this.version = Panels.stateVersion(settings);
        this.layout = layout;
        experts = withExperts ? new Panels(settings, layout) : null;
        standardiser = new Standardiser(layout.latents() + 1, settings.standardisingMillis());
        mixture = new Mixture(Panels.size(settings));
    }

    FleetForecast predict(int present, double[] latents) {
        if (experts == null || !experts.hasLearned()) {
            return FleetForecast.unknown();
        }
        ExpertForecasts expertForecasts = expertForecasts(present, latents);
        return new FleetForecast(
                expertForecasts,
                Arrays.copyOf(mixture.weights(), expertForecasts.size()),
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
        double awake = 0;
        for (int k = 0; k < forecasts.size(); k++) {
            prediction += mixture.weight(k) * forecasts.prediction(k);
            awake += mixture.weight(k);
        }
        if (forecasts.size() < mixture.size()) {
            prediction /= awake;
        }
        float[] deviations = new float[mixture.size()];
        for (int k = 0; k < forecasts.size(); k++) {
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

    /** As this one was left by a version, for another one. */
    FleetTarget forked(LearnerSettings own, LearnerSettings others) {
        if (own.latents() == others.latents()) {
            return Copies.through(
                    this::writeTo, in -> readFrom(in, others, new Layout(others), experts != null));
        }
        FleetTarget fork = new FleetTarget(others, new Layout(others), experts != null);
        if (own.latent() > 0 || others.latent() == 0) {
            return fork;
        }
        fork.standardiser =
                standardiser.extended(fork.layout.latents() + 1, others.panels().get(0));
        if (experts != null) {
            fork.experts.takeOver(experts, others);
            int[] places = IntStream.range(0, Panels.size(own)).toArray();
            fork.mixture.takeOver(mixture, 1, places);
            fork.absoluteError = absoluteError;
        }
        return fork;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(version);
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
        State.requireVersion("target of a fleet", in.readByte(), Panels.stateVersion(settings));
        FleetTarget target = new FleetTarget(settings, layout, withExperts);
        if (withExperts) {
            target.experts = Panels.readFrom(in, settings, layout);
        }
        target.standardiser =
                Standardiser.readFrom(in, layout.latents() + 1, settings.standardisingMillis());
        target.mixture = Mixture.readFrom(in, target.mixture.size());
        target.absoluteError = in.readDouble();
        return target;
    }
}
