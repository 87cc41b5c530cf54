package io.pidstream.stats;

/**
 * Linear shrinkage of a covariance estimate towards a multiple of the identity, with the
 * oracle-approximating intensity of Chen, Wiesel, Eldar &amp; Hero (2010), with an effective number
 * of samples.
 */
public final class Shrinkage {
    private Shrinkage() {}

    /**
     * The intensity ρ in [0, 1]: ρ = [(1 − 2/d) tr(S²) + tr²(S)] / [(n + 1 − 2/d) (tr(S²) −
     * tr²(S)/d)], at most 1.
     *
     * @param covariance S, [d, d] row-major, symmetric
     * @param dimension d
     * @param samples effective number of samples n, positive; infinity gives 0
     */
    public static double intensity(double[] covariance, int dimension, double samples) {
        Cholesky.requireSquare(covariance, dimension);
        if (!(samples > 0)) {
            throw new IllegalArgumentException(
                    "effective number of samples is " + samples + ", must be positive");
        }
        double trace = 0;
        double squares = 0;
        for (int i = 0; i < dimension; i++) {
            trace += covariance[i * dimension + i];
            for (int j = 0; j < dimension; j++) {
                squares += covariance[i * dimension + j] * covariance[i * dimension + j];
            }
        }
        double spread = squares - trace * trace / dimension;
        if (samples == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double share = 1 - 2.0 / dimension;
        double rho = (share * squares + trace * trace) / ((samples + share) * spread);
        return spread > 0 && rho < 1 ? Math.max(0, rho) : 1;
    }

    /**
     * (1 − ρ) S + ρ tr(S)/d I, a new matrix.
     *
     * @param covariance S, [d, d] row-major
     * @param dimension d
     * @param intensity ρ in [0, 1]
     */
    public static double[] shrink(double[] covariance, int dimension, double intensity) {
        Cholesky.requireSquare(covariance, dimension);
        double trace = 0;
        for (int i = 0; i < dimension; i++) {
            trace += covariance[i * dimension + i];
        }
        double[] shrunk = new double[covariance.length];
        for (int p = 0; p < shrunk.length; p++) {
            shrunk[p] = (1 - intensity) * covariance[p];
        }
        for (int i = 0; i < dimension; i++) {
            shrunk[i * dimension + i] += intensity * trace / dimension;
        }
        return shrunk;
    }
}
