package io.pidstream.version;

import java.util.List;

/**
 * The result of training.
 *
 * @param artefact the version of the best epoch
 * @param history every epoch
 * @param bestEpoch number of the best epoch; 0 if none is better than the version that training
 *     started from
 * @param validation predictions of the validation rows by what was trained without them, where
 *     versions of this kind are {@linkplain VersionKind#growsAnew grown anew} and there are such
 *     rows; null otherwise
 */
public record TrainedModel(
        ModelArtefact artefact,
        List<EpochReport> history,
        int bestEpoch,
        HeldOutPredictions validation) {
    public TrainedModel {
        history = List.copyOf(history);
    }
}
