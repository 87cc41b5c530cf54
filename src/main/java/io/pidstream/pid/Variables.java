package io.pidstream.pid;

import java.util.List;

/** The variables of a covariance in their order: the target, then the channels of each modality. */
final class Variables {
    private final int targets;
    private final List<String> modalities;
    private final int[] sizes;
    private final int dimension;

    Variables(int targets, List<String> modalities, int[] sizes) {
        this.targets = targets;
        this.modalities = modalities;
        this.sizes = sizes;
        int total = targets;
        for (int size : sizes) {
            total += size;
        }
        this.dimension = total;
    }

    /** Number of dimensions of the target; they come first. */
    int targets() {
        return targets;
    }

    /** Number of modalities. */
    int modalities() {
        return sizes.length;
    }

    /** Number of channels of a modality. */
    int size(int modality) {
        return sizes[modality];
    }

    /** Number of variables in all. */
    int dimension() {
        return dimension;
    }

    /** The name of a modality. */
    String modality(int modality) {
        return modalities.get(modality);
    }

    /**
     * The name of a variable: target, or target.dimension if there are several; modality.channel.
     */
    String name(int variable) {
        if (variable < targets) {
            return targets == 1 ? "target" : "target." + variable;
        }
        int channel = variable - targets;
        int m = 0;
        while (channel >= sizes[m]) {
            channel -= sizes[m++];
        }
        return modalities.get(m) + "." + channel;
    }
}
