package io.pidstream.forecast;

import java.util.Arrays;

/**
 * A frame whose targets have become known.
 *
 * @param time of the frame, milliseconds
 * @param present bit i is set where modality i is present
 * @param latents of all modalities, [d]; those of absent modalities are ignored
 * @param target [targets], finite
 */
public record LabelledLatents(
        String asset, long time, int present, double[] latents, double[] target) {
    public LabelledLatents {
        for (double value : target) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("target of " + asset + " is " + value);
            }
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LabelledLatents that
                && asset.equals(that.asset)
                && time == that.time
                && present == that.present
                && Arrays.equals(latents, that.latents)
                && Arrays.equals(target, that.target);
    }

    @Override
    public int hashCode() {
        int hash = 31 * asset.hashCode() + Long.hashCode(time);
        hash = 31 * hash + present;
        return 31 * (31 * hash + Arrays.hashCode(latents)) + Arrays.hashCode(target);
    }

    @Override
    public String toString() {
        return "LabelledLatents[asset="
                + asset
                + ", time="
                + time
                + ", present="
                + Integer.toBinaryString(present)
                + ", latents="
                + Arrays.toString(latents)
                + ", target="
                + Arrays.toString(target)
                + "]";
    }
}
