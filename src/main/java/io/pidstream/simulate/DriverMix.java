package io.pidstream.simulate;

/**
 * A standardised mix of the drivers and independent noise: Σ_k weight_k·driver_k + noise·ε, with
 * variance 1.
 *
 * @param heat weight of {@link Driver#HEAT}
 * @param load weight of {@link Driver#LOAD}
 * @param friction weight of {@link Driver#FRICTION}
 * @param hum weight of {@link Driver#HUM}
 * @param noise weight of independent white noise
 */
record DriverMix(double heat, double load, double friction, double hum, double noise) {
    /** The mix with these proportions, scaled to variance 1. */
    static DriverMix of(double heat, double load, double friction, double hum, double noise) {
        double norm =
                Math.sqrt(
                        heat * heat
                                + load * load
                                + friction * friction
                                + hum * hum
                                + noise * noise);
        return new DriverMix(heat / norm, load / norm, friction / norm, hum / norm, noise / norm);
    }

    double weight(Driver driver) {
        return switch (driver) {
            case HEAT -> heat;
            case LOAD -> load;
            case FRICTION -> friction;
            case HUM -> hum;
        };
    }

    /** Correlation with another mix of the same drivers and with different noise. */
    double correlation(DriverMix other) {
        double sum = 0;
        for (Driver driver : Driver.values()) {
            sum += weight(driver) * other.weight(driver);
        }
        return sum;
    }

    /**
     * The value of the mix.
     *
     * @param drivers values of the drivers, in their order
     * @param epsilon standard normal
     */
    double value(double[] drivers, double epsilon) {
        double sum = noise * epsilon;
        for (Driver driver : Driver.values()) {
            sum += weight(driver) * drivers[driver.ordinal()];
        }
        return sum;
    }
}
