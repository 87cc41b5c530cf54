package io.pidstream.learn;

import java.util.stream.IntStream;

/** Where the latents of each modality lie in the concatenated vector, worked out once. */
final class Layout {
    private final int modalities;
    private final int latents;
    private final int[] modalityOf;

    /** Of the latents that are decomposed; null for all. */
    private final int[] explained;

    /** Per pattern, null until it is asked for. */
    private final int[][] indices;

    Layout(LearnerSettings settings) {
        modalities = settings.modalities().size();
        latents = settings.latents();
        modalityOf = new int[latents];
        indices = new int[1 << modalities][];
        int latent = 0;
        for (int m = 0; m < modalities; m++) {
            for (int i = 0; i < settings.sizes().get(m); i++) {
                modalityOf[latent++] = m;
            }
        }
        explained = settings.latent() == 0 ? null : explained(settings);
    }

    private static int[] explained(LearnerSettings settings) {
        IntStream.Builder indices = IntStream.builder();
        int from = 0;
        for (int m = 0; m < settings.modalities().size(); m++) {
            for (int i = 0; i < settings.explained(m); i++) {
                indices.add(from + i);
            }
            from += settings.sizes().get(m);
        }
        return indices.build().toArray();
    }

    /** Number of latents that are decomposed. */
    int explained() {
        return explained == null ? latents : explained.length;
    }

    /** Those of all latents that are decomposed; the same array where that is all. */
    double[] explained(double[] all) {
        if (explained == null) {
            return all;
        }
        double[] some = new double[explained.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = all[explained[i]];
        }
        return some;
    }

    int modalities() {
        return modalities;
    }

    int latents() {
        return latents;
    }

    /** The pattern in which every modality is present. */
    int complete() {
        return (1 << modalities) - 1;
    }

    int modalityOf(int latent) {
        return modalityOf[latent];
    }

    /** Indices of the latents of a presence pattern, in order; not to be changed. */
    int[] indices(int present) {
        if ((present & ~complete()) != 0) {
            throw new IllegalArgumentException(
                    "presence pattern is "
                            + Integer.toBinaryString(present)
                            + ", there are "
                            + modalities
                            + " modalities");
        }
        int[] known = indices[present];
        if (known == null) {
            known = computeIndices(present);
            indices[present] = known;
        }
        return known;
    }

    private int[] computeIndices(int present) {
        int size = 0;
        for (int owner : modalityOf) {
            size += present >> owner & 1;
        }
        int[] of = new int[size];
        int next = 0;
        for (int i = 0; i < latents; i++) {
            if ((present >> modalityOf[i] & 1) != 0) {
                of[next++] = i;
            }
        }
        return of;
    }

    /**
     * Where the latents of a part, then the target, lie in the vector [latents, target] of a whole.
     */
    int[] positions(int part, int whole) {
        int[] wanted = indices(part);
        int[] available = indices(whole);
        int[] positions = new int[wanted.length + 1];
        int next = 0;
        for (int i = 0; i < available.length; i++) {
            if (next < wanted.length && available[i] == wanted[next]) {
                positions[next++] = i;
            }
        }
        positions[wanted.length] = available.length;
        return positions;
    }

    /** Fails unless there is one number per latent and those that are present are finite. */
    void requireLatents(int present, double[] values) {
        if (values.length != latents) {
            throw new IllegalArgumentException(
                    "frame has " + values.length + " latents, expected " + latents);
        }
        for (int i : indices(present)) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("latent " + i + " is " + values[i]);
            }
        }
    }
}
