package io.pidstream.forecast;

import java.util.Arrays;

/**
 * A forecast and the parts that channels have in its contributions. The parts are not kept until
 * the label arrives, as nothing is learned from them.
 *
 * @param channels [features], in units of the target, which sum to the contribution of their
 *     modality; 0 where absent; none if they are not known
 */
public record ForecastByChannel(Forecast forecast, double[] channels) {
    /** Of which the parts are not known. */
    public static ForecastByChannel unknown(Forecast forecast) {
        return new ForecastByChannel(forecast, new double[0]);
    }

    /** See {@link Forecast#withLabels}. */
    public ForecastByChannel withLabels(double last, double mean) {
        return new ForecastByChannel(forecast.withLabels(last, mean), channels);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ForecastByChannel that
                && forecast.equals(that.forecast)
                && Arrays.equals(channels, that.channels);
    }

    @Override
    public int hashCode() {
        return 31 * forecast.hashCode() + Arrays.hashCode(channels);
    }

    @Override
    public String toString() {
        return forecast + " by channel " + Arrays.toString(channels);
    }
}
