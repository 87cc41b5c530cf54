package io.pidstream.simulate;

/**
 * A standardised quantity made of the drivers and noise of its own: Σ_k weight_k·driver_k +
 * noise·ε, with variance 1.
 *
 * @param heat weight of {@link Driver#HEAT}
 * @param load weight of {@link Driver#LOAD}
 * @param friction weight of {@link Driver#FRICTION}
 * @param hum weight of {@link Driver#HUM}
 * @param noise weight of white noise that nothing else contains
 */
record Mixture(double heat, double load, double friction, double hum, double noise) {
    /** Mixture in these proportions, scaled to variance 1. */
    static Mixture of(double heat, double load, double friction, double hum, double noise) {
        double norm =
                Math.sqrt(
                        heat * heat
                                + load * load
                                + friction * friction
                                + hum * hum
                                + noise * noise);
        return new Mixture(heat / norm, load / norm, friction / norm, hum / norm, noise / norm);
    }

    double weight(Driver driver) {
        return switch (driver) {
            case HEAT -> heat;
            case LOAD -> load;
            case FRICTION -> friction;
            case HUM -> hum;
        };
    }

    /** Correlation with another mixture of the same drivers, whose noise is its own. */
    double correlation(Mixture other) {
        double sum = 0;
        for (Driver driver : Driver.values()) {
            sum += weight(driver) * other.weight(driver);
        }
        return sum;
    }

    /**
     * The value.
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
