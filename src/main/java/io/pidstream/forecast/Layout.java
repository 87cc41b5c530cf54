package io.pidstream.forecast;

import java.util.Arrays;

/** Where the latents of each modality lie in the concatenated vector, worked out once. */
final class Layout {
    private final int modalities;
    private final int latents;
    private final int[] modalityOf;

    /** Latents of a trained version, behind what is predicted from; 0 for the identity. */
    private final int trailing;

    /** Of the target's own past; 0 without it. */
    private final int past;

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
        trailing = settings.trailing();
        past = settings.history() ? settings.sizes().get(modalities - 1) : 0;
    }

    private Layout(int modalities, int[] modalityOf) {
        this.modalities = modalities;
        this.latents = modalityOf.length;
        this.modalityOf = modalityOf;
        this.indices = new int[1 << modalities][];
        this.trailing = 0;
        this.past = 0;
    }

    /**
     * Of some of the latents only.
     *
     * @param kept their indices here, ascending
     */
    Layout part(int[] kept) {
        return new Layout(modalities, Arrays.stream(kept).map(i -> modalityOf[i]).toArray());
    }

    /** Number of latents that are decomposed. */
    int explained() {
        return trailing == 0 ? latents : trailing + past;
    }

    /**
     * What is decomposed: of the identity all that is predicted from, standardised; of a trained
     * version its latents, which are of about mean 0 and variance 1, and the target's own past.
     */
    double[] explained(double[] standardised, double[] given) {
        if (trailing == 0) {
            return standardised;
        }
        double[] explained = new double[trailing + past];
        for (int i = 0; i < trailing; i++) {
            double latent = given[latents + i];
            explained[i] = Double.isNaN(latent) ? 0 : latent;
        }
        System.arraycopy(standardised, latents - past, explained, trailing, past);
        return explained;
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
        if (values.length != latents + trailing) {
            throw new IllegalArgumentException(
                    "frame has " + values.length + " latents, expected " + (latents + trailing));
        }
        for (int i : indices(present)) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("latent " + i + " is " + values[i]);
            }
        }
    }
}
