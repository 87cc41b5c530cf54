package io.pidstream.simulate;

import java.util.SplittableRandom;

/**
 * How one sensor unit deviates from its data sheet: its reading is level + offset·spread +
 * gain·spread·mix.
 *
 * @param gain factor
 * @param offset in spreads
 */
record Calibration(double gain, double offset) {
    /**
     * Calibration of a channel, a function of the arguments.
     *
     * @param seed seed of the plant
     * @param asset number of the press
     * @param sensor number of the channel among all of a press
     * @param replacements how often it was replaced; replacements deviate more than the original
     *     sensors, which were adjusted on site
     */
    static Calibration of(long seed, int asset, int sensor, long replacements) {
        long mixed = ((seed * 1_000_003 + asset) * 1_000_003 + sensor) * 1_000_003 + replacements;
        SplittableRandom random = new SplittableRandom(mixed).split();
        return replacements == 0
                ? new Calibration(random.nextDouble(0.95, 1.05), random.nextDouble(-0.25, 0.25))
                : new Calibration(random.nextDouble(0.75, 1.30), random.nextDouble(-1.00, 1.00));
    }
}
