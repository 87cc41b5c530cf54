package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import io.pidstream.pid.ModalitySet;
import java.util.List;

/**
 * The statistics of a block that move when contributions do. They are smooth functions of the
 * mutual information I_S of every subset S; unlike the atoms they have no kink where two modalities
 * are equally informative.
 *
 * <p>Tested are the shares of the modalities (for two modalities one share suffices: ½ + ½ (I₁ −
 * I₂) / I₁₂) and what each modality adds to all the others, I_all − I_−i, in bits. Tracked but not
 * tested: Shapley values, shares, I_S of every subset, and prediction errors.
 */
public final class Contributions {
    /**
     * Regularisation: this many bits, spread evenly over the modalities, are added before shares
     * are computed. So shares stay defined, and have little noise, when the total information is
     * near zero.
     */
    private static final double EVEN_BITS = 0.05;

    private final int modalities;
    private final int shares;
    private final double[] weights;

    /**
     * @param modalities K
     */
    Contributions(int modalities) {
        this.modalities = modalities;
        shares = modalities == 2 ? 1 : modalities;
        // |S|! (K − |S| − 1)! / K! by |S|
        weights = new double[modalities];
        weights[0] = 1.0 / modalities;
        for (int size = 1; size < modalities; size++) {
            weights[size] = weights[size - 1] * size / (modalities - size);
        }
    }

    public int modalities() {
        return modalities;
    }

    /** Number of tested statistics; they come first. */
    public int tested() {
        return shares + modalities;
    }

    /** Number of tracked statistics. */
    int tracked() {
        return 2 * modalities + sets() + 2;
    }

    /** All modalities. */
    public ModalitySet all() {
        return ModalitySet.all(modalities);
    }

    /** Number of non-empty subsets of modalities. */
    private int sets() {
        return ModalitySet.count(modalities) - 1;
    }

    /** Column of what modality m adds to all the others. */
    int conditional(int m) {
        return shares + m;
    }

    /** Column of the Shapley value of modality m, bits. */
    public int shapley(int m) {
        return tested() + m;
    }

    /** Column of the share of modality m. */
    public int share(int m) {
        return tested() + modalities + m;
    }

    /** Column of the information of a set of modalities, bits. */
    public int information(ModalitySet set) {
        return tested() + 2 * modalities + set.bits() - 1;
    }

    /** Column of the log of the mean squared error. */
    public int logError() {
        return tested() + 2 * modalities + sets();
    }

    /** Column of the mean absolute error. */
    public int absoluteError() {
        return logError() + 1;
    }

    /** The statistics of a block whose information is defined. */
    double[] of(BlockStatistics block) {
        double[] row = new double[tested() + tracked()];
        List<Double> information = block.information();
        double total = of(information, all());
        for (int m = 0; m < modalities; m++) {
            double rest = of(information, all().without(m));
            double value = shapley(information, m);
            double share = (value + EVEN_BITS / modalities) / (Math.max(0, total) + EVEN_BITS);
            row[conditional(m)] = total - rest;
            row[shapley(m)] = value;
            row[share(m)] = share;
            if (m < shares) {
                row[m] = share;
            }
        }
        for (ModalitySet set : ModalitySet.nonEmptySubsets(modalities)) {
            row[information(set)] = of(information, set);
        }
        row[logError()] = block.error().logSquared();
        row[absoluteError()] = block.error().meanAbsolute();
        return row;
    }

    /** φᵢ = Σ_{S ∌ i} |S|! (K − |S| − 1)! / K! (I_{S ∪ i} − I_S) */
    private double shapley(List<Double> information, int m) {
        double sum = 0;
        for (ModalitySet set : ModalitySet.subsets(modalities)) {
            if (!set.contains(m)) {
                sum += weights[set.size()] * (of(information, set.with(m)) - of(information, set));
            }
        }
        return sum;
    }

    private static double of(List<Double> information, ModalitySet set) {
        return set.isEmpty() ? 0 : information.get(set.bits() - 1);
    }
}
