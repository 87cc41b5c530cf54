package io.pidstream.stats;

/**
 * By how much the means of a table change when one of its binary factors is left out, that is, when
 * the two cells that differ in it alone are merged. Sums over the values of a table, weighted by
 * their counts:
 *
 * <pre>
 * v(cell) − v(merged) = c' / (c + c') · (v − v'),  so either side of the factor has the sum
 * ± Σ c c' / (c + c') · (v − v')  over all pairs of cells
 * </pre>
 *
 * <p>A cell whose counterpart is empty loses nothing.
 *
 * @param sum of the changes where the factor is 1; it is the negative where it is 0
 * @param squares sum of the squared changes of all values
 * @param ones number of values where the factor is 1
 * @param zeros number of values where it is 0
 */
public record LeftOut(double sum, double squares, long ones, long zeros) {
    /**
     * @param means per cell; ignored where the count is 0
     * @param counts per cell
     * @param cells number of cells, a power of two; the arrays may be longer
     * @param factor the bit of a cell's index that is the factor
     */
    public static LeftOut of(double[] means, int[] counts, int cells, int factor) {
        double sum = 0;
        double squares = 0;
        long ones = 0;
        long zeros = 0;
        for (int cell = 0; cell < cells; cell++) {
            if ((cell & factor) != 0) {
                continue;
            }
            double n = counts[cell];
            double other = counts[cell | factor];
            zeros += counts[cell];
            ones += counts[cell | factor];
            if (n > 0 && other > 0) {
                double difference = means[cell | factor] - means[cell];
                double change = n * other / (n + other) * difference;
                sum += change;
                squares += change * difference;
            }
        }
        return new LeftOut(sum, squares, ones, zeros);
    }

    /** Mean change where the factor is 1; 0 without values. */
    public double ofOnes() {
        return ones == 0 ? 0 : sum / ones;
    }

    /** Mean change where the factor is 0; 0 without values. */
    public double ofZeros() {
        return zeros == 0 ? 0 : -sum / zeros;
    }

    /**
     * Mean squared change, which is the factor's total effect on the variance (Sobol 2001); 0
     * without values.
     */
    public double meanSquare() {
        return ones + zeros == 0 ? 0 : squares / (ones + zeros);
    }
}
