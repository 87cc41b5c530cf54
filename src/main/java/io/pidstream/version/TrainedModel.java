package io.pidstream.version;

import java.util.List;

/**
 * What training came to.
 *
 * @param artefact the version, as it was in the best epoch
 * @param history every epoch
 * @param bestEpoch number of the epoch that the version is of
 */
public record TrainedModel(ModelArtefact artefact, List<EpochReport> history, int bestEpoch) {
    public TrainedModel {
        history = List.copyOf(history);
    }
}
