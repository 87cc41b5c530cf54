package io.pidstream.network;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;

/**
 * The random numbers of dropout (Srivastava et al. 2014): each value is 0 with the given share, and
 * otherwise divided by the share that is kept. Eight values are drawn at a time, from the bytes of
 * one long, because the engine's generator takes as long as a layer. Not thread-safe.
 */
final class Masks {
    private static final int LEVELS = 256;

    private SplittableRandom random = new SplittableRandom(0);

    /** Begins anew; the same seed gives the same masks. */
    void restart(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * @param share of the values that become 0, rounded to 1/256
     */
    NDArray drop(NDArray x, float share) {
        float[] mask = mask((int) x.size(), share);
        return x.mul(x.getManager().create(mask, x.getShape()));
    }

    float[] mask(int size, float share) {
        int dropped = Math.round(share * LEVELS);
        float kept = (float) LEVELS / (LEVELS - dropped);
        float[] mask = new float[size];
        for (int from = 0; from < size; from += Long.BYTES) {
            long bits = random.nextLong();
            int to = Math.min(size, from + Long.BYTES);
            for (int i = from; i < to; i++) {
                mask[i] = (bits & (LEVELS - 1)) < dropped ? 0 : kept;
                bits >>>= Byte.SIZE;
            }
        }
        return mask;
    }
}
