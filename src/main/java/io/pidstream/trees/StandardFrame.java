package io.pidstream.trees;

import java.util.Arrays;

/** The standardised channels of one frame. */
final class StandardFrame {
    /** Per modality; null if it is absent. */
    private final float[][] channels;

    private final int[] modalityOf;
    private final float[] all;

    /**
     * @param channels values per modality, finite where it is present; arbitrary if it is absent
     * @param modalityOf modality of every channel
     * @throws IllegalArgumentException naming a value that is not finite, or a wrong length
     */
    StandardFrame(ChannelScales scales, int[] modalityOf, double[][] channels, boolean[] present) {
        this.channels = new float[scales.count()][];
        this.modalityOf = modalityOf;
        this.all = new float[modalityOf.length];
        Arrays.fill(all, Float.NaN);
        int offset = 0;
        for (int m = 0; m < this.channels.length; m++) {
            if (present[m]) {
                require(m, channels[m], scales.size(m));
                this.channels[m] = scales.row(m, channels[m]);
                System.arraycopy(this.channels[m], 0, all, offset, scales.size(m));
            }
            offset += scales.size(m);
        }
    }

    private static void require(int modality, double[] values, int size) {
        if (values.length != size) {
            throw new IllegalArgumentException(
                    "modality %d has %d channels, expected %d"
                            .formatted(modality, values.length, size));
        }
        for (int c = 0; c < size; c++) {
            if (!Double.isFinite(values[c])) {
                throw new IllegalArgumentException(
                        "channel %d of modality %d is %s".formatted(c, modality, values[c]));
            }
        }
    }

    /** The modality of every channel of all modalities, concatenated. */
    static int[] modalityOf(ChannelScales scales) {
        int[] modalityOf = new int[scales.size()];
        int next = 0;
        for (int m = 0; m < scales.count(); m++) {
            Arrays.fill(modalityOf, next, next + scales.size(m), m);
            next += scales.size(m);
        }
        return modalityOf;
    }

    /** The channels of all modalities without those of one. */
    float[] without(int modality) {
        float[] rest = all.clone();
        for (int i = 0; i < rest.length; i++) {
            if (modalityOf[i] == modality) {
                rest[i] = Float.NaN;
            }
        }
        return rest;
    }

    /** The channels of a present modality. */
    float[] channels(int modality) {
        return channels[modality];
    }

    /** The channels of all modalities; NaN if absent. */
    float[] all() {
        return all;
    }

    int modalityOf(int feature) {
        return modalityOf[feature];
    }
}
