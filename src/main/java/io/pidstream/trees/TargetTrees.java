package io.pidstream.trees;

import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.TargetScale;
import io.pidstream.version.TrainingTask;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The trees of one target: a forest on all channels, and one per modality on its channels alone.
 * All predict the target standardised by its scale, so that 0 is its mean.
 *
 * @param scale of the target
 * @param joint on the channels of all modalities, concatenated
 * @param alone per modality, on its channels; without trees for a modality that is never present
 * @param leftOut the modality that {@code joint} was grown without, so that it adds nothing to
 *     predictions; {@link TrainingTask#NONE} if there is none
 * @param deviations standard deviation of the prediction of each of {@code alone} on the training
 *     rows, by which latents are scaled; 1 where it is constant
 */
record TargetTrees(
        TargetScale scale, Forest joint, List<Forest> alone, int leftOut, List<Double> deviations) {
    TargetTrees {
        alone = List.copyOf(alone);
        deviations = List.copyOf(deviations);
    }

    /** Whether predictions use all modalities. */
    boolean usesAll() {
        return leftOut == TrainingTask.NONE;
    }

    /** What a present modality predicts by its own trees, as the standardised target. */
    double alone(int modality, StandardFrame frame) {
        return alone.get(modality).predict(frame.channels(modality));
    }

    /**
     * The standardised target as predicted with some of the modalities: with one alone by its own
     * trees, with all by the joint ones, which are averaged over what is unknown if there are more
     * modalities than those given.
     *
     * @param frame the channels of present modalities
     * @param given whether a modality, which must be present, is given
     */
    double value(StandardFrame frame, boolean[] given) {
        int count = 0;
        int last = 0;
        int missing = 0;
        for (int m = 0; m < given.length; m++) {
            if (given[m] && m != leftOut) {
                count++;
                last = m;
            } else if (m != leftOut) {
                missing++;
            }
        }
        if (count == 0) {
            return 0;
        }
        if (count == 1) {
            return alone(last, frame);
        }
        return missing == 0
                ? joint.predict(frame.all())
                : joint.expect(frame.all(), feature -> given[frame.modalityOf(feature)]);
    }

    /**
     * @param withLeftOut whether the format says which modality is left out
     */
    void writeTo(DataOutput out, boolean withLeftOut) throws IOException {
        scale.writeTo(out);
        if (withLeftOut) {
            out.writeByte(leftOut);
        }
        joint.writeTo(out);
        for (int m = 0; m < alone.size(); m++) {
            out.writeDouble(deviations.get(m));
            alone.get(m).writeTo(out);
        }
    }

    static TargetTrees readFrom(
            DataInputStream in,
            ByteArrayInputStream source,
            ChannelScales channels,
            boolean withLeftOut)
            throws IOException {
        TargetScale scale = TargetScale.readFrom(in);
        int leftOut = withLeftOut ? in.readByte() : TrainingTask.NONE;
        if (leftOut < TrainingTask.NONE || leftOut >= channels.count()) {
            throw new ModelRefusedException(
                    "modality %d is left out of %d".formatted(leftOut, channels.count()));
        }
        Forest joint = Forest.readFrom(in, channels.size(), source.available());
        List<Forest> alone = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int m = 0; m < channels.count(); m++) {
            double deviation = in.readDouble();
            if (!(deviation > 0 && Double.isFinite(deviation))) {
                throw new ModelRefusedException(
                        "the deviation of a latent of modality %d is %s".formatted(m, deviation));
            }
            deviations.add(deviation);
            alone.add(Forest.readFrom(in, channels.size(m), source.available()));
        }
        return new TargetTrees(scale, joint, alone, leftOut, deviations);
    }
}
