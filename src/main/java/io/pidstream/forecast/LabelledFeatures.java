package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import io.pidstream.tables.FrameInputs;
import java.util.Arrays;

/**
 * A frame whose targets are known.
 *
 * @param time time of the frame, milliseconds
 * @param present the modalities that are present
 * @param of inputs, see {@link FeatureLayout#inputs}; those of absent modalities are ignored
 * @param target [targets], finite
 */
public record LabelledFeatures(
        String asset, long time, ModalitySet present, FrameInputs of, double[] target) {
    public LabelledFeatures {
        for (double value : target) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("target of " + asset + " is " + value);
            }
        }
    }

    public LabelledFeatures(
            String asset, long time, ModalitySet present, double[] inputs, double[] target) {
        this(asset, time, present, new FrameInputs(inputs), target);
    }

    public double[] inputs() {
        return of.values();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LabelledFeatures that
                && asset.equals(that.asset)
                && time == that.time
                && present.equals(that.present)
                && Arrays.equals(inputs(), that.inputs())
                && Arrays.equals(target, that.target);
    }

    @Override
    public int hashCode() {
        int hash = 31 * asset.hashCode() + Long.hashCode(time);
        hash = 31 * hash + present.hashCode();
        return 31 * (31 * hash + Arrays.hashCode(inputs())) + Arrays.hashCode(target);
    }

    @Override
    public String toString() {
        return "LabelledFeatures[asset="
                + asset
                + ", time="
                + time
                + ", present="
                + present
                + ", inputs="
                + Arrays.toString(inputs())
                + ", target="
                + Arrays.toString(target)
                + "]";
    }
}
