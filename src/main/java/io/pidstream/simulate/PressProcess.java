package io.pidstream.simulate;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The process of one press: its drivers, and for every modality the independent drivers that its
 * sensors follow while they are loose. It draws the same number of random numbers in every slot, so
 * a fault of one sensor does not affect any other value.
 */
final class PressProcess {
    private final DriverMix target;
    private final RandomGenerator random;
    private final double[] drivers;
    private final double[][] strangers;

    PressProcess(int asset, SplittableRandom random) {
        this.target = Press.target(asset);
        this.random = random;
        this.drivers = stationary();
        this.strangers = new double[Press.MODALITY_NAMES.size()][];
        for (int m = 0; m < strangers.length; m++) {
            strangers[m] = stationary();
        }
    }

    private double[] stationary() {
        double[] state = new double[Driver.values().length];
        for (int i = 0; i < state.length; i++) {
            state[i] = random.nextGaussian();
        }
        return state;
    }

    /** Advances by one slot. */
    void advance() {
        advance(drivers);
        for (double[] stranger : strangers) {
            advance(stranger);
        }
    }

    /** x ← φ·x + √(1 − φ²)·ε keeps variance 1. */
    private void advance(double[] state) {
        for (Driver driver : Driver.values()) {
            double phi = driver.autocorrelation();
            int i = driver.ordinal();
            state[i] = phi * state[i] + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
    }

    /** The target, standardised. */
    double target() {
        return target.value(drivers, random.nextGaussian());
    }

    /** The standardised response of a sensor. */
    double observe(Sensor sensor, boolean loose) {
        double[] seen = loose ? strangers[sensor.modality()] : drivers;
        return sensor.response(sensor.mix().value(seen, random.nextGaussian()));
    }
}
