package io.pidstream.stats;

/**
 * Ridge regression of the last variable of moments on all others. Its working memory is reused and
 * holds no state. Not thread-safe.
 */
public final class RidgeRegression {
    /** The joint covariance, upper triangle row by row; later its factor. */
    private double[] upper = new double[0];

    /**
     * (C + ridge / W · I)⁻¹ c, where C is the covariance of the first n variables, c their
     * covariance with the last one, and W the weight of the moments.
     *
     * @param joint moments of [x, y], of dimension n + 1
     * @param ridge added to each decayed sum of squares of x, at least 0
     * @return coefficients of x, [n]
     * @throws IllegalArgumentException if a pivot is not positive: the message names it and its
     *     value
     * @throws IllegalStateException without samples
     */
    public double[] coefficients(Moments joint, double ridge) {
        int d = joint.dimension();
        int size = d * (d + 1) / 2;
        if (upper.length < size) {
            upper = new double[size];
        }
        joint.packedCovariance(upper);
        double perSample = ridge / joint.weight();
        for (int i = 0, row = 0; i < d - 1; row += d - i++) {
            upper[row] += perSample;
        }
        factorise(upper, d);
        return substitute(upper, d);
    }

    /**
     * C + ridge / W · I = UᵀU, and in the last column U⁻ᵀ c. Row i of U is row i of the matrix
     * minus, for every row k above, u_ki times row k; then divided by the root of its pivot.
     */
    private static void factorise(double[] a, int d) {
        for (int i = 0, row = 0; i < d - 1; row += d - i++) {
            subtractRowsAbove(a, d, i, row);
            double pivot = a[row];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "matrix is not positive definite: pivot " + i + " is " + pivot);
            }
            double root = Math.sqrt(pivot);
            a[row] = root;
            for (int p = row + 1; p < row + d - i; p++) {
                a[p] /= root;
            }
        }
    }

    private static void subtractRowsAbove(double[] a, int d, int i, int row) {
        int length = d - i;
        int k = 0;
        // Position of column i in row k.
        int p = i;
        // Four rows at a time, so that the current row is loaded and stored a quarter as often.
        for (; k + 3 < i; k += 4) {
            int q = p + d - k - 1;
            int r = q + d - k - 2;
            int s = r + d - k - 3;
            double ofP = a[p];
            double ofQ = a[q];
            double ofR = a[r];
            double ofS = a[s];
            for (int j = 0; j < length; j++) {
                a[row + j] =
                        a[row + j]
                                - ofP * a[p + j]
                                - ofQ * a[q + j]
                                - ofR * a[r + j]
                                - ofS * a[s + j];
            }
            p = s + d - k - 4;
        }
        for (; k < i; k++) {
            double factor = a[p];
            for (int j = 0; j < length; j++) {
                a[row + j] -= factor * a[p + j];
            }
            p += d - k - 1;
        }
    }

    /** Solves U x = the last column. */
    private static double[] substitute(double[] a, int d) {
        double[] x = new double[d - 1];
        for (int i = 0, last = d - 1; i < d - 1; last += d - 1 - i++) {
            x[i] = a[last];
        }
        for (int i = d - 2; i >= 0; i--) {
            // Column i, from the first row to the diagonal.
            int diagonal = i * d - i * (i - 1) / 2;
            double xi = x[i] / a[diagonal];
            x[i] = xi;
            for (int j = 0, p = i; j < i; p += d - 1 - j++) {
                x[j] -= a[p] * xi;
            }
        }
        return x;
    }
}
