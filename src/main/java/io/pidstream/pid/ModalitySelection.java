package io.pidstream.pid;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What predictions would lose without some modalities, and which could be dropped. The same input
 * gives the same advice.
 *
 * @param toleratedBits loss that may be caused by dropping, bits
 * @param without per modality, in configuration order, the loss without it alone
 * @param dispensable the most modalities whose loss together is estimated to be tolerable, of those
 *     the ones with the least loss; empty if there are none. One modality always stays.
 * @param surelyDispensable the same, where even the upper end of the loss's interval is tolerable
 */
public record ModalitySelection(
        double toleratedBits,
        Map<String, Loss> without,
        Optional<Loss> dispensable,
        Optional<Loss> surelyDispensable) {

    /** Keeps the order of the map. */
    public ModalitySelection {
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
    }

    /**
     * The loss without some modalities together: the information that they add to the others.
     *
     * @param modalities in configuration order
     * @param information lost, bits
     * @param targets dimensions of the target t
     */
    public record Loss(List<String> modalities, Estimate information, int targets) {
        /** Copies the names. */
        public Loss {
            modalities = List.copyOf(modalities);
        }

        /**
         * By what share the standard deviation of the best prediction's error rises: the variance
         * that S leaves unexplained is σ_y² 2^(−2 I_S), so the deviation grows by 2^ΔI − 1. Of a
         * target of several dimensions it is the determinant of the error's covariance that grows
         * like that, and the geometric mean of the deviations by 2^(ΔI/t) − 1.
         */
        public double residualRise() {
            return rise(information.bits());
        }

        /** Lower end of the rise's interval. */
        public double residualRiseLower() {
            return rise(information.lower());
        }

        /** Upper end of the rise's interval. */
        public double residualRiseUpper() {
            return rise(information.upper());
        }

        private double rise(double bits) {
            return StrictMath.expm1(bits * LN_2 / targets);
        }
    }

    private static final double LN_2 = 0.6931471805599453;

    /** Bits lost when the standard deviation of the error rises by a share, such as 0.05. */
    public static double bitsOfRise(double share) {
        return bitsOfRise(share, 1);
    }

    /** The same for the geometric mean of the deviations along a target's dimensions. */
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
     * @param share by which the error's standard deviation may rise, such as 0.05
     */
    public static ModalitySelection ofRise(DecompositionIntervals intervals, double share) {
        return of(intervals, bitsOfRise(share, intervals.covariance().targets()));
    }

    /**
     * The advice for a decomposition.
     *
     * @param toleratedBits loss that may be caused, not negative; see {@link #bitsOfRise}
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

    /** More modalities, or as many for less; the earlier in configuration order of equal ones. */
    private static boolean isBetter(Loss loss, Loss than) {
        if (than == null || loss.modalities().size() != than.modalities().size()) {
            return than == null || loss.modalities().size() > than.modalities().size();
        }
        return loss.information().bits() < than.information().bits();
    }
}
