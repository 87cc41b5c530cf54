package io.pidstream.forecast;

import io.pidstream.format.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been learned about one asset: one per asset and model version. Predicts every target,
 * and decomposes what the modalities know about all of them together.
 *
 * <p>Give it frames and labels in the order in which they became known. Not thread-safe.
 */
public final class AssetLearner extends Learner {
    private static final byte VERSION = 2;

    private final List<TargetLearner> targets;
    private final boolean ownExperts;
    private long forecasts;
    private long labels;

    /**
     * An asset of which nothing is known.
     *
     * @param ownExperts false if only the fleet's experts predict
     */
    public AssetLearner(LearnerSettings settings, boolean ownExperts) {
        super(settings, settings.quantileSamples());
        this.ownExperts = ownExperts;
        targets = new ArrayList<>(settings.targets().size());
        for (int t = 0; t < settings.targets().size(); t++) {
            targets.add(new TargetLearner(settings, layout, ownExperts));
        }
    }

    /**
     * Predicts the targets of a frame.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]; those of absent modalities are ignored
     * @param fleet what the fleet's experts say of each target; empty where there are none
     * @return one per target; not {@link Forecast#isKnown() known} as long as neither the fleet nor
     *     the asset has learned any label
     * @throws IllegalArgumentException if the length is wrong or a present latent is not finite
     */
    public List<Forecast> predict(
            long time, int present, double[] latents, List<FleetForecast> fleet) {
        layout.requireLatents(present, latents);
        if (!fleet.isEmpty()) {
            requireOnePerTarget("forecasts of the fleet", fleet.size());
        }
        long number = forecasts++;
        List<Forecast> made = new ArrayList<>(targets.size());
        for (int t = 0; t < targets.size(); t++) {
            FleetForecast ofFleet = fleet.isEmpty() ? null : fleet.get(t);
            made.add(targets.get(t).predict(present, latents, ofFleet, number, labels));
        }
        return made;
    }

    /**
     * Scores the forecasts of a frame and learns its label.
     *
     * @param time of the frame, milliseconds
     * @param present bit i is set where modality i is present
     * @param latents of all modalities, [d]
     * @param target [targets], finite
     * @param made as they were made for this frame; empty if none were
     */
    public void learn(
            long time, int present, double[] latents, double[] target, List<Forecast> made) {
        layout.requireLatents(present, latents);
        requireOnePerTarget("values of the label", target.length);
        for (double value : target) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("target is " + value);
            }
        }
        long lag = made.isEmpty() ? 0 : Math.max(0, forecasts - 1 - made.get(0).number());
        double[] standardised = null;
        for (int t = 0; t < target.length; t++) {
            Forecast forecast = made.isEmpty() ? null : made.get(t);
            standardised = targets.get(t).learn(time, present, latents, target[t], forecast, lag);
        }
        labels++;
        explainer.add(time, present, layout.explained(standardised, latents), target);
        explainer.advance();
    }

    private void requireOnePerTarget(String what, int count) {
        if (count != targets.size()) {
            throw new IllegalArgumentException(
                    count + " " + what + ", expected one per target: " + settings.targets());
        }
    }

    /**
     * A learner of another version that begins with what this one knows; see {@link
     * FleetLearner#forked}.
     */
    public AssetLearner forked(LearnerSettings others) {
        AssetLearner fork = new AssetLearner(others, ownExperts);
        for (int t = 0; t < targets.size(); t++) {
            fork.targets.set(t, targets.get(t).forked(settings, others));
        }
        fork.forecasts = forecasts;
        fork.labels = labels;
        return fork;
    }

    /** Writes the state, which depends on the settings. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        settings.writeShape(out);
        out.writeBoolean(ownExperts);
        for (TargetLearner target : targets) {
            target.writeTo(out);
        }
        explainer.writeTo(out);
        out.writeLong(forecasts);
        out.writeLong(labels);
    }

    /**
     * Reads what {@link #writeTo} wrote; what it does from there on is the same bit for bit.
     *
     * @throws IOException if it was written under other targets, modalities, sizes or half-lives,
     *     naming both; or in an unknown format
     */
    public static AssetLearner readFrom(DataInput in, LearnerSettings settings, boolean ownExperts)
            throws IOException {
        State.requireVersion("asset learner", in.readByte(), VERSION);
        settings.requireShape("asset learner", in);
        State.requireSame("experts of the asset", in.readBoolean(), ownExperts);
        AssetLearner asset = new AssetLearner(settings, ownExperts);
        for (int t = 0; t < asset.targets.size(); t++) {
            asset.targets.set(t, TargetLearner.readFrom(in, settings, asset.layout, ownExperts));
        }
        asset.explainer =
                Explainer.readFrom(in, settings, asset.layout, settings.quantileSamples());
        asset.forecasts = in.readLong();
        asset.labels = in.readLong();
        return asset;
    }
}
