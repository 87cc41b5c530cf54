package io.pidstream.version;

import java.util.List;

/**
 * The result of training.
 *
 * @param artefact the version of the best epoch
 * @param history every epoch
 * @param bestEpoch number of the best epoch; 0 if none is better than the version that training
 *     started from
 * @param validation errors on the validation rows of what was trained without them, where the
 *     version itself was trained on them as well; null otherwise
 */
public record TrainedModel(
        ModelArtefact artefact,
        List<EpochReport> history,
        int bestEpoch,
        HoldOutErrors validation) {
    public TrainedModel {
        history = List.copyOf(history);
    }
}
