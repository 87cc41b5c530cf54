package io.pidstream.simulate;

/**
 * One channel of a press with its factory calibration: level + spread·r, where r is the mix if the
 * sensor is linear, and its standardised exponential if it has a curve. A curve is one-to-one, so
 * it does not change the channel's information, only its form.
 *
 * @param modality number of its modality
 * @param name the channel's name
 * @param unit its unit, for display
 * @param level mean, in the unit
 * @param spread standard deviation, in the unit
 * @param curve exponent of the response, e^(curve·mix); 0 for a linear sensor
 * @param mix the measured mix of drivers
 */
record Sensor(
        int modality,
        String name,
        String unit,
        double level,
        double spread,
        double curve,
        DriverMix mix) {
    /**
     * The response of the sensor, with mean 0 and variance 1.
     *
     * @param seen a value of the mix
     */
    double response(double seen) {
        return curve == 0 ? seen : (Math.exp(curve * seen) - mean()) / deviation();
    }

    /** The inverse of {@link #response}. */
    double seen(double response) {
        return curve == 0 ? response : Math.log(mean() + deviation() * response) / curve;
    }

    /** Mean of e^(curve·z) for standard normal z. */
    private double mean() {
        return Math.exp(curve * curve / 2);
    }

    private double deviation() {
        return mean() * Math.sqrt(Math.expm1(curve * curve));
    }
}
