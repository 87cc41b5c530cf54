package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The learner of a fleet of assets; one per fleet and model version. It keeps the pooled moments of
 * all its assets, so a new asset can be predicted from the others; the assets' own learners build
 * on its forecasts.
 *
 * <p>Frames and labels must be passed in the order in which they became known. Not thread-safe.
 */
public final class FleetLearner extends Learner<FleetTarget> {
    static final Part PART = part("learn/fleet-learner", 3, FleetTarget.PART);

    /**
     * A fleet has more labels than an asset, so the target's distribution is kept over more
     * periods.
     */
    private static final int QUANTILE_PERIODS = 10;

    /**
     * A fleet learner without history.
     *
     * @param withExperts false to keep only the moments for the explanation
     */
    public FleetLearner(LearnerSettings settings, boolean withExperts) {
        super(settings, withExperts, quantileSamples(settings), FleetTarget::new);
    }

    private static int quantileSamples(LearnerSettings settings) {
        return QUANTILE_PERIODS * settings.quantileSamples();
    }

    /** The forecasts of the fleet's experts for a frame, not split by channel. */
    public List<FleetForecast> predict(long time, ModalitySet present, double[] inputs) {
        return predict(time, present, new FrameInputs(inputs), false);
    }

    /**
     * The forecasts of the fleet's experts for a frame.
     *
     * @param time time of the frame, milliseconds
     * @param inputs see {@link FeatureLayout#inputs}; those of absent modalities are ignored
     * @param byChannel whether contributions are split by channel
     * @return one per target
     * @throws IllegalArgumentException if the length is wrong or a present input is not finite
     */
    public List<FleetForecast> predict(
            long time, ModalitySet present, FrameInputs inputs, boolean byChannel) {
        layout.requireInputs(present, inputs.values());
        List<FleetForecast> forecasts = new ArrayList<>(targets.size());
        for (FleetTarget target : targets) {
            forecasts.add(target.predict(time, present, inputs, byChannel));
        }
        return forecasts;
    }

    /**
     * Learns labels that became known at the same instant as one batch: all are scored before any
     * is learned.
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
        targets.forEach(FleetTarget::advance);
        explainer.advance();
    }

    /**
     * A learner of another version, warm-started from this one. It takes over the experts on
     * channels and, if present, on the network's shares, which estimate the target whatever the
     * network. The decomposition starts over; see {@link #explainOnFrom}.
     */
    public FleetLearner forked(LearnerSettings others) {
        FleetLearner fork = new FleetLearner(others, withExperts);
        fork.startFrom(this);
        return fork;
    }

    /** Reads what {@link #writeTo} wrote; its further behaviour is identical bit for bit. */
    static FleetLearner readFrom(
            DataInput in, Versions versions, LearnerSettings settings, boolean withExperts)
            throws IOException {
        FleetLearner fleet = new FleetLearner(settings, withExperts);
        fleet.readTargets(in, versions, FleetTarget::readFrom);
        return fleet;
    }
}
