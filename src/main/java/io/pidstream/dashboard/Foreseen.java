package io.pidstream.dashboard;

/**
 * The error that was expected before the labels came, beside the error that came out.
 *
 * @param labels labelled predictions of which an error was expected
 * @param expected mean of the expected absolute errors, in the unit of the target; NaN for none
 * @param cameOut mean absolute error of the same predictions, in the unit of the target; NaN for
 *     none
 */
public record Foreseen(long labels, double expected, double cameOut) {
    /** Nothing was expected. */
    public static final Foreseen NONE = new Foreseen(0, Double.NaN, Double.NaN);
}
