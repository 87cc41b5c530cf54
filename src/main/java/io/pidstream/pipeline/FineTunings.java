package io.pidstream.pipeline;

import io.pidstream.config.EncoderHash;
import io.pidstream.config.PipelineConfig;
import io.pidstream.train.FineTuneSettings;

/** What the trainer is told of the configuration. */
final class FineTunings {
    private FineTunings() {}

    static FineTuneSettings settings(PipelineConfig config) {
        PipelineConfig.Encoder encoder = config.encoder();
        PipelineConfig.FineTuning tuning = encoder.fineTuning();
        return new FineTuneSettings(
                config.modalities(),
                config.target().names(),
                new FineTuneSettings.Network(
                        encoder.type(), encoder.latent(), encoder.hidden(), encoder.members()),
                encoder.training(),
                encoder.seed(),
                EncoderHash.of(config),
                encoder.device(),
                encoder.fineTuneEvery(),
                tuning.interval(),
                tuning.recent(),
                tuning.sample(),
                tuning.holdOut(),
                encoder.artefacts());
    }
}
