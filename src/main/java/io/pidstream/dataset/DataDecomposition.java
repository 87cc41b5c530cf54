package io.pidstream.dataset;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.ModalitySelection;
import java.util.List;
import java.util.Optional;

/**
 * The decomposition of some rows of a data set.
 *
 * @param asset the asset; {@code *} for all assets
 * @param size size of the sample
 * @param intervals empty if the decomposition is undefined or there are too few effectively
 *     independent rows
 * @param selection empty if the intervals are
 */
public record DataDecomposition(
        String asset,
        SampleSize size,
        Decomposition decomposition,
        Optional<DecompositionIntervals> intervals,
        Optional<ModalitySelection> selection) {

    static DataDecomposition of(
            String asset, DataSample sample, DataVariables variables, PidSettings settings) {
        SampleSize size = sample.size();
        if (size.rows() == 0) {
            return new DataDecomposition(
                    asset,
                    size,
                    Decomposition.undefined(
                            "no row has all modalities and targets",
                            settings.definition(),
                            0,
                            variables.names(),
                            List.of()),
                    Optional.empty(),
                    Optional.empty());
        }
        double[] covariance = sample.moments().covariance();
        Decomposition decomposition =
                GaussianPid.decompose(
                        covariance,
                        variables.targets().size(),
                        variables.names(),
                        variables.sizes(),
                        size.effective(),
                        settings.definition());
        if (!decomposition.isDefined()) {
            return new DataDecomposition(
                    asset, size, decomposition, Optional.empty(), Optional.empty());
        }
        Optional<DecompositionIntervals> intervals =
                DecompositionIntervals.ifKnown(
                        covariance,
                        variables.sizes(),
                        decomposition,
                        size.effective(),
                        settings.confidence());
        return new DataDecomposition(
                asset,
                size,
                decomposition,
                intervals,
                intervals.map(known -> ModalitySelection.ofRise(known, settings.tolerance())));
    }
}
