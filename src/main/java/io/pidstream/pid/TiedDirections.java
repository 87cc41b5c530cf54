package io.pidstream.pid;

/**
 * The bias of the maximum of several equal quantities. If two sources have the same information
 * along m directions of the target, the estimated difference between them is an m × m symmetric
 * matrix of noise. Its eigenvalues, which become the estimated directions, repel each other.
 *
 * <p>For entries of variance s² on the diagonal and s²/2 off the diagonal (the Gaussian orthogonal
 * ensemble) the distances of the eigenvalues from their mean follow approximately Wigner's
 * semicircle, with the radius that gives the second moment of a finite m: ρ² = (2 (m + 1) − 4/m)
 * s². For m = 2 the mean of the larger eigenvalue is 4 % too small, for m = 1 it is exact.
 */
final class TiedDirections {
    private static final int BISECTIONS = 50;

    private TiedDirections() {}

    /**
     * Mean of the sum of the k largest of m eigenvalues, in units of s.
     *
     * @param k 0 to m
     */
    static double meanOfLargest(int k, int m) {
        if (k < 0 || k > m) {
            throw new IllegalArgumentException(k + " of " + m + " directions");
        }
        if (k == 0 || k == m) {
            return 0;
        }
        double from = -1;
        double to = 1;
        double above = (double) k / m;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (from + to);
            if (shareAbove(middle) > above) {
                from = middle;
            } else {
                to = middle;
            }
        }
        // m ∫ x f(x) dx from q to 1, with f the semicircle of radius 1
        double height = 1 - from * from;
        return m * radius(m) * 2 / (3 * Math.PI) * height * Math.sqrt(height);
    }

    /** Largest distance of m eigenvalues from their mean, in units of s. */
    static double radius(int m) {
        return Math.sqrt(2.0 * (m + 1) - 4.0 / m);
    }

    private static double shareAbove(double q) {
        return 0.5 - (q * Math.sqrt(Math.max(0, 1 - q * q)) + StrictMath.asin(q)) / Math.PI;
    }
}
