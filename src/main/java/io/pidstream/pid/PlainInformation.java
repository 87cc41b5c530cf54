package io.pidstream.pid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mutual information of a scalar target with every subset of modalities, corrected only for the
 * bias of finite samples. Unlike {@link Decomposition#information} it is neither limited to 0 nor
 * made monotone. It may be negative, but it is nearly unbiased and its error nearly symmetric,
 * which averages and tests require.
 */
public final class PlainInformation {
    private static final double LN_2 = 0.6931471805599453;

    private PlainInformation() {}

    /**
     * I_S − bias for every subset S, without shrinkage.
     *
     * @param covariance [1 + Σ sizes]² row-major: the target first, then the modalities' channels
     * @param modalities distinct names, 2 to 6
     * @param sizes number of channels of each
     * @param samples effective number of samples of the covariance
     * @return bits; empty if there is no decomposition, or if there are too few samples for the
     *     number of channels
     * @throws IllegalArgumentException if names, sizes and lengths do not fit
     */
    public static Optional<SubsetValues> of(
            double[] covariance, List<String> modalities, int[] sizes, double samples) {
        Variables variables = new Variables(1, modalities, sizes);
        variables.requireCovariance(covariance);
        try {
            Channels channels = new Channels(covariance, variables, new ArrayList<>());
            SubsetRegression regression =
                    new SubsetRegression(channels, channels.correlation(), channels.target());
            double[] bits = new double[ModalitySet.count(sizes.length)];
            for (ModalitySet subset : ModalitySet.nonEmptySubsets(sizes.length)) {
                double explained = regression.explained(subset);
                int rank = regression.rank(subset);
                if (!(explained < 1) || samples <= rank + 2) {
                    return Optional.empty();
                }
                bits[subset.bits()] =
                        -0.5 * StrictMath.log1p(-explained) / LN_2
                                - GaussianPid.bias(rank, samples);
            }
            return Optional.of(new SubsetValues(modalities, bits));
        } catch (UndefinedInformation e) {
            return Optional.empty();
        }
    }
}
