package io.pidstream.dashboard;

import java.util.List;

/**
 * Predictions whose true value is not known yet.
 *
 * @param assets assets with such predictions
 * @param frames such predictions
 * @param expectedError mean absolute error that is expected of them, in the unit of the target; NaN
 *     if it is not known
 */
record Awaited(int assets, long frames, double expectedError) {
    /** All of several assets together; those without an expected error count as frames only. */
    static Awaited over(List<Awaited> all) {
        int assets = 0;
        long frames = 0;
        long expected = 0;
        double errors = 0;
        for (Awaited each : all) {
            assets += each.assets;
            frames += each.frames;
            if (each.frames > 0 && Double.isFinite(each.expectedError)) {
                expected += each.frames;
                errors += each.frames * each.expectedError;
            }
        }
        return new Awaited(assets, frames, errors / expected);
    }
}
