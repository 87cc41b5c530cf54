package io.pidstream.pid;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Information lost without some of the modalities, and advice which ones could be dropped.
 * Deterministic.
 *
 * @param toleratedBits largest acceptable loss, bits
 * @param without per modality, in configuration order, the loss without this modality
 * @param dispensable the largest set of modalities with an acceptable estimated loss; of several,
 *     the set with the smallest loss. Empty if there is no such set. At least one modality stays.
 * @param surelyDispensable the same, if even the upper end of the loss's interval is acceptable
 */
public record ModalitySelection(
        double toleratedBits,
        Map<String, Loss> without,
        Optional<Loss> dispensable,
        Optional<Loss> surelyDispensable) {

    /** Copies the map, keeping its order. */
    public ModalitySelection {
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
    }

    /**
     * The loss without several modalities: the information that they add to the others.
     *
     * @param modalities in configuration order
     * @param information lost, bits
     * @param targets number of dimensions of the target t
     */
    public record Loss(List<String> modalities, Estimate information, int targets) {
        /** Copies the names. */
        public Loss {
            modalities = List.copyOf(modalities);
        }

        /**
         * Relative increase of the standard deviation of the best prediction's error. The variance
         * that S leaves unexplained is σ_y² 2^(−2 I_S), so the standard deviation increases by 2^ΔI
         * − 1. For a target of several dimensions this holds for the root of the determinant of the
         * error's covariance, so the geometric mean of the standard deviations increases by
         * 2^(ΔI/t) − 1.
         */
        public double residualRise() {
            return rise(information.bits());
        }

        /** Lower end of the increase's interval. */
        public double residualRiseLower() {
            return rise(information.lower());
        }

        /** Upper end of the increase's interval. */
        public double residualRiseUpper() {
            return rise(information.upper());
        }

        private double rise(double bits) {
            return StrictMath.expm1(bits * LN_2 / targets);
        }
    }

    private static final double LN_2 = 0.6931471805599453;

    /** Bits lost if the standard deviation of the error increases by a share, such as 0.05. */
    public static double bitsOfRise(double share) {
        return bitsOfRise(share, 1);
    }

    /** The same for the geometric mean of the standard deviations of a target's dimensions. */
    public static double bitsOfRise(double share, int targets) {
        if (!(share >= 0)) {
            throw new IllegalArgumentException(
                    "rise of the residual deviation is " + share + ", must not be negative");
        }
        return targets * StrictMath.log1p(share) / LN_2;
    }

    /**
     * The advice for a decomposition.
     *
     * @param share acceptable relative increase of the error's standard deviation, such as 0.05
     */
    public static ModalitySelection ofRise(DecompositionIntervals intervals, double share) {
        return of(intervals, bitsOfRise(share, intervals.covariance().targets()));
    }

    /**
     * The advice for a decomposition.
     *
     * @param toleratedBits acceptable loss, not negative; see {@link #bitsOfRise}
     */
    public static ModalitySelection of(DecompositionIntervals intervals, double toleratedBits) {
        if (!(toleratedBits >= 0)) {
            throw new IllegalArgumentException(
                    "tolerated loss is " + toleratedBits + " bit, must not be negative");
        }
        List<String> modalities = intervals.decomposition().modalities();
        ModalitySet all = ModalitySet.all(modalities.size());
        Map<String, Loss> without = new LinkedHashMap<>();
        Loss dispensable = null;
        Loss sure = null;
        for (ModalitySet subset : ModalitySet.nonEmptySubsets(modalities.size())) {
            if (subset.equals(all)) {
                continue;
            }
            Loss loss =
                    new Loss(
                            subset.names(modalities),
                            intervals.lost(subset),
                            intervals.covariance().targets());
            if (loss.modalities().size() == 1) {
                without.put(loss.modalities().get(0), loss);
            }
            if (loss.information().bits() <= toleratedBits && isBetter(loss, dispensable)) {
                dispensable = loss;
            }
            if (loss.information().upper() <= toleratedBits && isBetter(loss, sure)) {
                sure = loss;
            }
        }
        return new ModalitySelection(
                toleratedBits,
                without,
                Optional.ofNullable(dispensable),
                Optional.ofNullable(sure));
    }

    /** More modalities, or the same number with a smaller loss; of equal ones the first wins. */
    private static boolean isBetter(Loss loss, Loss than) {
        if (than == null || loss.modalities().size() != than.modalities().size()) {
            return than == null || loss.modalities().size() > than.modalities().size();
        }
        return loss.information().bits() < than.information().bits();
    }
}
