package io.pidstream.forecast;

import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
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
public final class FleetLearner extends Learner {
    private static final byte VERSION = 2;

    /** A fleet labels more often than an asset: its target's distribution is kept for longer. */
    private static final int QUANTILE_PERIODS = 10;

    private final List<FleetTarget> targets;
    private final boolean withExperts;

    /**
     * A fleet that has learned nothing.
     *
     * @param withExperts false if it only keeps the moments for its explanation
     */
    public FleetLearner(LearnerSettings settings, boolean withExperts) {
        super(settings, quantileSamples(settings));
        this.withExperts = withExperts;
        targets = new ArrayList<>(settings.targets().size());
        for (int t = 0; t < settings.targets().size(); t++) {
            targets.add(new FleetTarget(settings, layout, withExperts));
        }
    }

    private static int quantileSamples(LearnerSettings settings) {
        return QUANTILE_PERIODS * settings.quantileSamples();
    }

    /**
     * What the fleet's experts say about a frame.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]; those of absent modalities are ignored
     * @return one per target
     * @throws IllegalArgumentException if the length is wrong or a present latent is not finite
     */
    public List<FleetForecast> predict(long time, int present, double[] latents) {
        layout.requireLatents(present, latents);
        List<FleetForecast> forecasts = new ArrayList<>(targets.size());
        for (FleetTarget target : targets) {
            forecasts.add(target.predict(present, latents));
        }
        return forecasts;
    }

    /**
     * Learns labels that became known at one instant, all together: every one is first predicted
     * from what was known before.
     *
     * @param labels sorted by asset
     */
    public void learn(List<LabelledLatents> labels) {
        for (LabelledLatents label : labels) {
            layout.requireLatents(label.present(), label.latents());
            for (int t = 0; t < targets.size(); t++) {
                targets.get(t).score(label, label.target()[t], labels.size());
            }
        }
        for (LabelledLatents label : labels) {
            double[] latents = null;
            for (int t = 0; t < targets.size(); t++) {
                latents = targets.get(t).learn(label, label.target()[t]);
            }
            double[] explained = layout.explained(latents, label.latents());
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
        for (int t = 0; t < targets.size(); t++) {
            fork.targets.set(t, targets.get(t).forked(settings, others));
        }
        return fork;
    }

    /** Writes the state, which depends on the settings. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        settings.writeShape(out);
        out.writeBoolean(withExperts);
        for (FleetTarget target : targets) {
            target.writeTo(out);
        }
        explainer.writeTo(out);
    }

    /**
     * Reads what {@link #writeTo} wrote; what it does from there on is the same bit for bit.
     *
     * @throws IOException if it was written under other targets, modalities, sizes or half-lives,
     *     naming both; or in an unknown format
     */
    public static FleetLearner readFrom(DataInput in, LearnerSettings settings, boolean withExperts)
            throws IOException {
        State.requireVersion("fleet learner", in.readByte(), VERSION);
        settings.requireShape("fleet learner", in);
        State.requireSame("experts of the fleet", in.readBoolean(), withExperts);
        FleetLearner fleet = new FleetLearner(settings, withExperts);
        for (int t = 0; t < fleet.targets.size(); t++) {
            fleet.targets.set(t, FleetTarget.readFrom(in, settings, fleet.layout, withExperts));
        }
        fleet.explainer = Explainer.readFrom(in, settings, fleet.layout, quantileSamples(settings));
        return fleet;
    }
}
