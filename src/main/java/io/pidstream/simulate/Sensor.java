package io.pidstream.simulate;

/**
 * One channel of a press as it leaves the factory: level + spread·r, where r is the mixture if the
 * sensor is linear, and its exponential, standardised, if it has a curve. A curve is one-to-one: it
 * changes nothing about what the channel knows, only how it is to be read.
 *
 * @param modality number of its modality
 * @param name the channel's name
 * @param unit its unit, for people
 * @param level mean, in the unit
 * @param spread standard deviation, in the unit
 * @param curve how steeply the reading rises with what the sensor sees, e^(curve·mixture); 0 for a
 *     linear sensor
 * @param mixture what it sees
 */
record Sensor(
        int modality,
        String name,
        String unit,
        double level,
        double spread,
        double curve,
        Mixture mixture) {
    /**
     * What the sensor makes of what it sees, with mean 0 and variance 1 like that.
     *
     * @param seen a value of the mixture
     */
    double response(double seen) {
        return curve == 0 ? seen : (Math.exp(curve * seen) - mean()) / deviation();
    }

    /** The inverse of {@link #response}. */
    double seen(double response) {
        return curve == 0 ? response : Math.log(mean() + deviation() * response) / curve;
    }

    /** Of e^(curve·z), z being standard normal. */
    private double mean() {
        return Math.exp(curve * curve / 2);
    }

    private double deviation() {
        return mean() * Math.sqrt(Math.expm1(curve * curve));
    }
}
