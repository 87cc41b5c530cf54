package io.pidstream.pid;

import java.util.HashSet;
import java.util.List;

/** The variables of a covariance: first the target, then the channels of each modality. */
final class Variables {
    private final int targets;
    private final List<String> modalities;
    private final int[] sizes;
    private final int dimension;

    /**
     * @throws IllegalArgumentException if there is no dimension of the target, or names and sizes
     *     do not fit
     */
    Variables(int targets, List<String> modalities, int[] sizes) {
        if (targets < 1) {
            throw new IllegalArgumentException(
                    "target has " + targets + " dimensions, must have at least 1");
        }
        requireModalities(modalities, sizes);
        this.targets = targets;
        this.modalities = modalities;
        this.sizes = sizes;
        int total = targets;
        for (int size : sizes) {
            total += size;
        }
        this.dimension = total;
    }

    private static void requireModalities(List<String> modalities, int[] sizes) {
        int k = modalities.size();
        if (k < 2
                || k > GaussianPid.MOST_MODALITIES
                || new HashSet<>(modalities).size() < k
                || sizes.length != k) {
            throw new IllegalArgumentException(
                    "modalities are "
                            + modalities
                            + " with "
                            + sizes.length
                            + " sizes, must be 2 to "
                            + GaussianPid.MOST_MODALITIES
                            + " distinct names with a size each");
        }
        for (int m = 0; m < k; m++) {
            String name = modalities.get(m);
            if (name.isBlank() || name.indexOf('+') >= 0 || sizes[m] < 1) {
                throw new IllegalArgumentException(
                        "modality "
                                + m
                                + " is \""
                                + name
                                + "\" with "
                                + sizes[m]
                                + " channels, must have a name without + and at least 1 channel");
            }
        }
    }

    /** Rejects a matrix of a different size. */
    void requireCovariance(double[] covariance) {
        if (covariance.length != dimension * dimension) {
            throw new IllegalArgumentException(
                    "covariance has " + covariance.length + " values, expected " + dimension + "²");
        }
    }

    /** Number of dimensions of the target, which are the first variables. */
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
     * The name of a variable: {@code target}, or {@code target.0} etc. for several dimensions; for
     * channels {@code modality.0} etc.
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
