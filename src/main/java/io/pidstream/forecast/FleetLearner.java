package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fleet of assets has learned together: one per group of assets and model version. Knows the
 * moments of all its assets, so that an asset that has just started can be predicted from the
 * others; the assets' own learners build on its forecasts.
 *
 * <p>Give it frames and labels in the order in which they became known. Not thread-safe.
 */
public final class FleetLearner extends Learner<FleetTarget> {
    static final Part PART = part("learn/fleet-learner", 1, FleetTarget.PART);

    /** A fleet labels more often than an asset: its target's distribution is kept for longer. */
    private static final int QUANTILE_PERIODS = 10;

    /**
     * A fleet that has learned nothing.
     *
     * @param withExperts false if it only keeps the moments for its explanation
     */
    public FleetLearner(LearnerSettings settings, boolean withExperts) {
        super(settings, withExperts, quantileSamples(settings), FleetTarget::new);
    }

    private static int quantileSamples(LearnerSettings settings) {
        return QUANTILE_PERIODS * settings.quantileSamples();
    }

    /**
     * What the fleet's experts say about a frame.
     *
     * @param time of the frame, milliseconds
     * @param inputs see {@link FeatureLayout#inputs}; those of absent modalities are ignored
     * @return one per target
     * @throws IllegalArgumentException if the length is wrong or a present input is not finite
     */
    public List<FleetForecast> predict(long time, ModalitySet present, double[] inputs) {
        layout.requireInputs(present, inputs);
        List<FleetForecast> forecasts = new ArrayList<>(targets.size());
        for (FleetTarget target : targets) {
            forecasts.add(target.predict(present, inputs));
        }
        return forecasts;
    }

    /**
     * Learns labels that became known at one instant, all together: every one is first predicted
     * from what was known before.
     *
     * @param labels sorted by asset
     */
    public void learn(List<LabelledFeatures> labels) {
        for (LabelledFeatures label : labels) {
            layout.requireInputs(label.present(), label.inputs());
            for (int t = 0; t < targets.size(); t++) {
                targets.get(t).score(label, label.target()[t], labels.size());
            }
        }
        for (LabelledFeatures label : labels) {
            double[] features = null;
            for (int t = 0; t < targets.size(); t++) {
                features = targets.get(t).learn(label, label.target()[t]);
            }
            double[] explained = layout.explained(features, label.inputs());
            explainer.add(label.time(), label.present(), explained, label.target());
        }
        explainer.advance();
    }

    /**
     * A learner of another version that begins with what this one knows: all that it predicts from
     * the channels, and from the network's shares if it has any, which are estimates of the target
     * whatever the network. What is decomposed begins anew, as latents of two versions do not mix.
     */
    public FleetLearner forked(LearnerSettings others) {
        FleetLearner fork = new FleetLearner(others, withExperts);
        fork.startFrom(this);
        return fork;
    }

    /** Reads what {@link #writeTo} wrote; what it does from there on is the same bit for bit. */
    static FleetLearner readFrom(
            DataInput in, Versions versions, LearnerSettings settings, boolean withExperts)
            throws IOException {
        FleetLearner fleet = new FleetLearner(settings, withExperts);
        fleet.readTargets(in, versions, FleetTarget::readFrom);
        return fleet;
    }
}
