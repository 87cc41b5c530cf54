package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;

/**
 * A sum Σ ½ a ‖Wᵀe_S‖² of squared linear forms of the target's residuals. To first order the error
 * of an information, or of a combination of informations, is the mean of such a sum over the
 * samples, minus its expectation. See {@link InformationCovariance}.
 */
final class ResidualSquares {
    private final InformationCovariance covariance;
    private final List<Term> terms;

    /** ½ a ‖Wᵀe_S‖² with W of [t, columns]. */
    private record Term(double weight, ModalitySet subset, double[] forms, int columns) {}

    /** The empty sum. */
    ResidualSquares(InformationCovariance covariance) {
        this(covariance, List.of());
    }

    private ResidualSquares(InformationCovariance covariance, List<Term> terms) {
        this.covariance = covariance;
        this.terms = terms;
    }

    /**
     * This sum plus one term.
     *
     * @param weight a
     * @param subset S; empty for the target itself
     * @param forms W, [t, columns] row-major
     */
    ResidualSquares plus(double weight, ModalitySet subset, double[] forms, int columns) {
        List<Term> longer = new ArrayList<>(terms);
        longer.add(new Term(weight, subset, forms, columns));
        return new ResidualSquares(covariance, longer);
    }

    /** This sum plus a multiple of another. */
    ResidualSquares plus(double factor, ResidualSquares other) {
        List<Term> longer = new ArrayList<>(terms);
        for (Term term : other.terms) {
            longer.add(new Term(factor * term.weight, term.subset, term.forms, term.columns));
        }
        return new ResidualSquares(covariance, longer);
    }

    /** This sum plus a multiple of I_S: ½ (‖y‖² − ‖L_S⁻¹e_S‖²). */
    ResidualSquares plusInformation(double weight, ModalitySet subset) {
        int targets = covariance.targets();
        double[] identity = identity(targets);
        return plus(weight, ModalitySet.NONE, identity, targets)
                .plus(
                        -weight,
                        subset,
                        covariance.factor(subset).whitenTransposed(identity, targets),
                        targets);
    }

    static double[] identity(int dimension) {
        double[] identity = new double[dimension * dimension];
        for (int i = 0; i < dimension; i++) {
            identity[i * dimension + i] = 1;
        }
        return identity;
    }

    /** n times its variance over n independent Gaussian samples, nats²: ½ Σ a b ‖Wᵀ C_ST V‖². */
    double variance() {
        double sum = 0;
        for (int k = 0; k < terms.size(); k++) {
            for (int l = 0; l <= k; l++) {
                sum += (k == l ? 0.5 : 1) * product(terms.get(k), terms.get(l));
            }
        }
        return Math.max(0, sum);
    }

    private double product(Term one, Term two) {
        int targets = covariance.targets();
        double[] cross = covariance.residual(one.subset, two.subset);
        double squares = 0;
        for (int c = 0; c < one.columns; c++) {
            for (int d = 0; d < two.columns; d++) {
                double entry = 0;
                for (int i = 0; i < targets; i++) {
                    for (int j = 0; j < targets; j++) {
                        entry +=
                                one.forms[i * one.columns + c]
                                        * cross[i * targets + j]
                                        * two.forms[j * two.columns + d];
                    }
                }
                squares += entry * entry;
            }
        }
        return one.weight * two.weight * squares;
    }
}
