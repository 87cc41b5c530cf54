package io.pidstream.pid;

import java.util.Arrays;

/**
 * The regression of the target, whose t dimensions are uncorrelated and of variance 1, on the
 * channels of a subset of modalities. Fits that start with the same modalities share the rows of a
 * Cholesky factor L of the channels' correlations. Immutable.
 */
final class SubsetFit {
    private final double[] correlation;
    private final int dimension;
    private final int targets;

    /** L, row by row: row r has r + 1 entries. */
    private final double[][] rows;

    /** The variable of each row. */
    private final int[] variables;

    /**
     * L⁻¹ Σ_Sy, by dimension of the target, [t][rank]; the sum of the squares of each is its R².
     */
    private final double[][] projection;

    private SubsetFit(
            double[] correlation,
            int dimension,
            int targets,
            double[][] rows,
            int[] variables,
            double[][] projection) {
        this.correlation = correlation;
        this.dimension = dimension;
        this.targets = targets;
        this.rows = rows;
        this.variables = variables;
        this.projection = projection;
    }

    /**
     * The fit on no channels.
     *
     * @param correlation [t + n, t + n] row-major, the target first; not copied
     * @param dimension t + n
     * @param targets t
     */
    static SubsetFit empty(double[] correlation, int dimension, int targets) {
        return new SubsetFit(
                correlation,
                dimension,
                targets,
                new double[0][],
                new int[0],
                new double[targets][0]);
    }

    /**
     * This fit with more channels. Channels that are determined by those before them are omitted.
     *
     * @param from the first variable to add
     * @param to the variable after the last
     */
    SubsetFit with(int from, int to) {
        int most = rank() + to - from;
        double[][] newRows = Arrays.copyOf(rows, most);
        int[] newVariables = Arrays.copyOf(variables, most);
        double[][] newProjection = lengthened(most);
        int rank = rank();
        for (int variable = from; variable < to; variable++) {
            double[] row = new double[rank + 1];
            for (int j = 0; j < rank; j++) {
                double value = correlation[variable * dimension + newVariables[j]];
                row[j] = (value - dot(row, newRows[j], j)) / newRows[j][j];
            }
            double left = correlation[variable * dimension + variable] - dot(row, row, rank);
            if (left > Channels.DEPENDENT) {
                row[rank] = Math.sqrt(left);
                for (int t = 0; t < targets; t++) {
                    double[] ofTarget = newProjection[t];
                    double value = correlation[t * dimension + variable];
                    ofTarget[rank] = (value - dot(row, ofTarget, rank)) / row[rank];
                }
                newRows[rank] = row;
                newVariables[rank++] = variable;
            }
        }
        return new SubsetFit(
                correlation,
                dimension,
                targets,
                Arrays.copyOf(newRows, rank),
                Arrays.copyOf(newVariables, rank),
                newProjection);
    }

    private double[][] lengthened(int most) {
        double[][] longer = new double[targets][];
        for (int t = 0; t < targets; t++) {
            longer[t] = Arrays.copyOf(projection[t], most);
        }
        return longer;
    }

    /** Four independent sums, because a single one would have to wait for every addition. */
    private static double dot(double[] a, double[] b, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Number of linearly independent channels. */
    int rank() {
        return variables.length;
    }

    /** K of two dimensions of the target: the part of their covariance that the fit explains. */
    double explained(int one, int two) {
        return dot(projection[one], projection[two], rank());
    }

    /**
     * tr K, the sum over the target's dimensions of the share of variance that the fit explains.
     */
    double explained() {
        double sum = 0;
        for (int t = 0; t < targets; t++) {
            sum += explained(t, t);
        }
        return sum;
    }

    /**
     * Coefficients of the standardised channels for one dimension of the target, by variable, [t +
     * n]; 0 for variables that are not in the fit.
     */
    double[] coefficients(int target) {
        double[] solution = Arrays.copyOf(projection[target], rank());
        double[] coefficients = new double[dimension];
        for (int i = rank() - 1; i >= 0; i--) {
            double value = solution[i] / rows[i][i];
            for (int j = 0; j < i; j++) {
                solution[j] -= rows[i][j] * value;
            }
            coefficients[variables[i]] = value;
        }
        return coefficients;
    }

    /** L⁻¹ v for a vector v by variable, [t + n]; the result is by row, [rank]. */
    double[] whiten(double[] byVariable) {
        double[] white = new double[rank()];
        for (int i = 0; i < white.length; i++) {
            white[i] = (byVariable[variables[i]] - dot(rows[i], white, i)) / rows[i][i];
        }
        return white;
    }

    /**
     * Sum of the squared canonical correlations of the channels of two fits, tr(Σ_S⁻¹ Σ_ST Σ_T⁻¹
     * Σ_TS).
     */
    double sharedWith(SubsetFit other) {
        // First L_S⁻¹ Σ_ST, then L_T⁻¹ applied to its rows.
        double[][] half = new double[rank()][other.rank()];
        for (int i = 0; i < rank(); i++) {
            double[] row = half[i];
            for (int k = 0; k < row.length; k++) {
                row[k] = correlation[variables[i] * dimension + other.variables[k]];
            }
            for (int j = 0; j < i; j++) {
                double factor = rows[i][j];
                for (int k = 0; k < row.length; k++) {
                    row[k] -= factor * half[j][k];
                }
            }
            for (int k = 0; k < row.length; k++) {
                row[k] /= rows[i][i];
            }
        }
        double sum = 0;
        for (double[] row : half) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (row[k] - dot(other.rows[k], row, k)) / other.rows[k][k];
                sum += row[k] * row[k];
            }
        }
        return sum;
    }
}
