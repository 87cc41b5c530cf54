package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Experts of one target, with running standardisation of the features and of the target. */
final class ScaledExperts {
    static final Part PART =
            Part.of("learn/scaled-experts", 1, ExpertGroups.PART, Standardiser.PART);

    private final FeatureLayout layout;

    /** Null if nothing is predicted and only the scales are kept. */
    private ExpertGroups experts;

    private Standardiser standardiser;

    /**
     * @param withExperts false if only the scales are kept
     */
    ScaledExperts(
            LearnerSettings settings, FeatureLayout layout, Level level, boolean withExperts) {
        this.layout = layout;
        experts = withExperts ? new ExpertGroups(settings, layout, level) : null;
        standardiser = new Standardiser(layout.features() + 1, settings.standardisingMillis());
    }

    FeatureLayout layout() {
        return layout;
    }

    boolean hasExperts() {
        return experts != null;
    }

    /** Whether there are experts that have learned something. */
    boolean isAwake() {
        return experts != null && experts.isAwake();
    }

    /**
     * The experts' forecasts of a frame; requires {@link #isAwake}.
     *
     * @param byChannel whether contributions are split by channel
     */
    ExpertForecasts predict(long time, ModalitySet present, FrameInputs inputs, boolean byChannel) {
        return experts.predict(scaled(time, present, inputs), scale(), byChannel);
    }

    /** The experts' predictions alone, [experts]; NaN for a silent one. */
    double[] predictions(long time, ModalitySet present, FrameInputs inputs) {
        return experts.predictions(scaled(time, present, inputs), scale());
    }

    private ScaledFrame scaled(long time, ModalitySet present, FrameInputs inputs) {
        double[] features = standardiser.standardise(layout.indices(present), inputs.values());
        return new ScaledFrame(time, present, inputs, features);
    }

    private Scale scale() {
        int target = standardiser.target();
        return new Scale(standardiser.mean(target), standardiser.deviation(target));
    }

    /** Learns a label; returns the standardised features, 0 if absent. */
    double[] learn(long time, ModalitySet present, FrameInputs inputs, double target) {
        double[] standardised =
                standardiser.learn(time, layout.indices(present), inputs.values(), target);
        if (experts != null) {
            double y = standardiser.standardise(standardiser.target(), target);
            experts.learn(
                    new ScaledFrame(time, present, inputs, standardised),
                    standardiser.clippedTarget(target),
                    y);
        }
        return standardised;
    }

    /** Ends an instant; see {@link ExpertGroup#advance}. */
    void advance() {
        if (experts != null) {
            experts.advance();
        }
    }

    /** Standard deviation of the target; 0 if unknown. */
    double deviation() {
        return standardiser.deviation(standardiser.target());
    }

    /** The range to which labels are clipped; unknown before the target has varied. */
    LabelRange targetRange() {
        return deviation() > 0
                ? new LabelRange(
                        standardiser.clippedTarget(-Standardiser.LARGEST),
                        standardiser.clippedTarget(Standardiser.LARGEST))
                : LabelRange.UNKNOWN;
    }

    /** The target, clipped to its range. */
    double clippedTarget(double target) {
        return standardiser.clippedTarget(target);
    }

    /** Copies scales and experts of the channels from a learner with other features besides. */
    void takeOverChannels(ScaledExperts other) {
        standardiser =
                other.standardiser.rearranged(
                        other.layout.channels(), layout.features() + 1, layout.channels());
        if (experts != null) {
            experts.takeOverChannels(other.experts);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        if (experts != null) {
            experts.writeTo(out);
        }
        standardiser.writeTo(out);
    }

    static ScaledExperts readFrom(
            DataInput in,
            Versions versions,
            LearnerSettings settings,
            FeatureLayout layout,
            Level level,
            boolean withExperts)
            throws IOException {
        ScaledExperts read = new ScaledExperts(settings, layout, level, withExperts);
        if (withExperts) {
            read.experts = ExpertGroups.readFrom(in, versions, settings, layout, level);
        }
        read.standardiser =
                Standardiser.readFrom(in, layout.features() + 1, settings.standardisingMillis());
        return read;
    }
}
