package io.pidstream.inspect;

import java.util.List;

/**
 * The numbers of a file, one row per asset and time.
 *
 * @param millis time per row, from 1970; {@link TimeNotation#NONE} where there is none
 * @param assets per row, a number from 0
 * @param assetNames names of the assets
 * @param series all columns of numbers
 */
record Frame(long[] millis, int[] assets, String[] assetNames, List<Series> series) {
    int rows() {
        return millis.length;
    }

    Frame with(List<Series> other) {
        return new Frame(millis, assets, assetNames, other);
    }
}
