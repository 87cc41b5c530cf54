package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The learner of one asset; one per asset and model version. Predicts every target, and decomposes
 * the information of the modalities about all targets jointly.
 *
 * <p>Frames and labels must be passed in the order in which they became known. Not thread-safe.
 */
public final class AssetLearner extends Learner<AssetTarget> {
    static final Part PART = part("learn/asset-learner", 3, AssetTarget.PART);

    private long forecasts;
    private long labels;

    /**
     * A learner without history.
     *
     * @param ownExperts false if only the fleet's experts predict
     */
    public AssetLearner(LearnerSettings settings, boolean ownExperts) {
        super(settings, ownExperts, settings.quantileSamples(), AssetTarget::new);
    }

    /** Predicts the targets of a frame, not split by channel. */
    public List<Forecast> predict(
            long time, ModalitySet present, double[] inputs, List<FleetForecast> fleet) {
        return predict(time, present, inputs, fleet, false).stream()
                .map(ForecastByChannel::forecast)
                .toList();
    }

    /**
     * Predicts the targets of a frame, and splits contributions by channel if the fleet's are.
     *
     * @param time time of the frame, milliseconds
     * @param inputs see {@link FeatureLayout#inputs}; those of absent modalities are ignored
     * @param fleet the fleet's forecast of each target; empty without a fleet
     * @return one per target; not {@link Forecast#isKnown() known} until the fleet or the asset has
     *     learned a label
     * @throws IllegalArgumentException if the length is wrong or a present input is not finite
     */
    public List<ForecastByChannel> predictByChannel(
            long time, ModalitySet present, double[] inputs, List<FleetForecast> fleet) {
        return predict(time, present, inputs, fleet, true);
    }

    private List<ForecastByChannel> predict(
            long time,
            ModalitySet present,
            double[] inputs,
            List<FleetForecast> fleet,
            boolean byChannel) {
        layout.requireInputs(present, inputs);
        if (!fleet.isEmpty()) {
            requireOnePerTarget("forecasts of the fleet", fleet.size());
        }
        long number = forecasts++;
        List<ForecastByChannel> made = new ArrayList<>(targets.size());
        for (int t = 0; t < targets.size(); t++) {
            FleetForecast ofFleet = fleet.isEmpty() ? null : fleet.get(t);
            AssetTarget target = targets.get(t);
            made.add(target.predict(time, present, inputs, ofFleet, number, labels, byChannel));
        }
        return made;
    }

    /**
     * Scores the forecasts of a frame and learns its label.
     *
     * @param time time of the frame, milliseconds
     * @param inputs see {@link FeatureLayout#inputs}
     * @param target [targets], finite
     * @param made the forecasts made for this frame; empty if there were none
     */
    public void learn(
            long time, ModalitySet present, double[] inputs, double[] target, List<Forecast> made) {
        layout.requireInputs(present, inputs);
        requireOnePerTarget("values of the label", target.length);
        for (double value : target) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("target is " + value);
            }
        }
        long lag = made.isEmpty() ? 0 : lagOf(made.get(0));
        double[] standardised = null;
        for (int t = 0; t < target.length; t++) {
            Forecast forecast = made.isEmpty() ? null : made.get(t);
            standardised = targets.get(t).learn(time, present, inputs, target[t], forecast, lag);
        }
        labels++;
        explainer.add(time, present, layout.explained(standardised, inputs), target);
        explainer.advance();
    }

    /** Number of forecasts since this one; a warm-started learner may not have made it. */
    private long lagOf(Forecast made) {
        return Math.max(0, forecasts - 1 - made.number());
    }

    private void requireOnePerTarget(String what, int count) {
        if (count != targets.size()) {
            throw new IllegalArgumentException(
                    count + " " + what + ", expected one per target: " + settings.targets());
        }
    }

    /**
     * A learner of another version, warm-started from this one; see {@link FleetLearner#forked}.
     */
    public AssetLearner forked(LearnerSettings others) {
        AssetLearner fork = new AssetLearner(others, withExperts);
        fork.startFrom(this);
        fork.forecasts = forecasts;
        fork.labels = labels;
        return fork;
    }

    @Override
    void writeTo(DataOutput out) throws IOException {
        super.writeTo(out);
        out.writeLong(forecasts);
        out.writeLong(labels);
    }

    /** Reads what {@link #writeTo} wrote; its further behaviour is identical bit for bit. */
    static AssetLearner readFrom(
            DataInput in, Versions versions, LearnerSettings settings, boolean ownExperts)
            throws IOException {
        AssetLearner asset = new AssetLearner(settings, ownExperts);
        asset.readTargets(in, versions, AssetTarget::readFrom);
        asset.forecasts = in.readLong();
        asset.labels = in.readLong();
        return asset;
    }
}
