package io.pidstream.simulate;

/**
 * The hidden causes of a press's behaviour: independent first-order autoregressive processes with
 * mean 0 and variance 1.
 */
enum Driver {
    /** Temperature of the die; only thermal sensors see it. */
    HEAT(0.85),
    /** Load on the press; it warms the oil and shakes the frame. */
    LOAD(0.8),
    /** Friction in the guides; audible, but drowned by the pump. */
    FRICTION(0.75),
    /** Hum of the pump; independent of the target, disturbs the microphones. */
    HUM(0.9);

    private final double autocorrelation;

    Driver(double autocorrelation) {
        this.autocorrelation = autocorrelation;
    }

    /** Lag-1 autocorrelation of the process. */
    double autocorrelation() {
        return autocorrelation;
    }
}
