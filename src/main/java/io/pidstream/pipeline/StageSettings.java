package io.pidstream.pipeline;

import io.pidstream.alert.AlertSettings;
import io.pidstream.align.SlotAggregate;
import io.pidstream.config.EncoderHash;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.join.LearningOrder;
import io.pidstream.promote.PromoteSettings;
import io.pidstream.train.FineTuneSettings;
import java.util.ArrayList;
import java.util.List;

/** The settings of the stages, from the configuration. */
final class StageSettings {
    /** Probability that a candidate that is not better is promoted. */
    private static final double WRONG_PROMOTIONS = 0.01;

    /** Probability, per watch, that a version that is not worse is rolled back. */
    private static final double WRONG_ROLLBACKS = 0.001;

    private StageSettings() {}

    /** Settings of the learners. */
    static LearnerSettings learning(PipelineConfig config) {
        List<Modality> predictors = config.predictors();
        PipelineConfig.Learning learning = config.learning();
        return new LearnerSettings(
                config.target().names(),
                predictors.stream().map(Modality::name).toList(),
                predictors.stream().map(Modality::channels).toList(),
                config.alignment().period(),
                learning.halfLives(),
                learning.explanationHalfLife(),
                learning.block(),
                learning.intervals(),
                config.pid().definition(),
                config.target().history(),
                0,
                false,
                bound(config.target().min(), Double.NEGATIVE_INFINITY),
                bound(config.target().max(), Double.POSITIVE_INFINITY));
    }

    private static double bound(Double given, double none) {
        return given == null ? none : given;
    }

    /** Settings of the stage that detects shifts. */
    static AlertSettings alerts(PipelineConfig config) {
        List<String> channels = new ArrayList<>();
        for (Modality modality : config.modalities().all()) {
            for (String channel : modality.channels()) {
                channels.add(modality.name() + "." + channel);
            }
        }
        PipelineConfig.Alerts alerts = config.alerts();
        return new AlertSettings(
                config.target().name(),
                learning(config).modalities(),
                channels,
                alerts.meanTimeBetweenFalseAlarms(),
                alerts.smallestShift(),
                alerts.stalledAfter());
    }

    /**
     * Settings of the stage that promotes versions.
     *
     * @param lead delay from a decision until it takes effect, milliseconds of event time
     */
    static PromoteSettings promotion(PipelineConfig config, long lead) {
        PipelineConfig.Trial trial = config.encoder().trial();
        return new PromoteSettings(
                WRONG_PROMOTIONS,
                WRONG_ROLLBACKS,
                trial.warmUp(),
                trial.longest(),
                lead,
                trial.renewAfter() == 0 ? PromoteSettings.NEVER : trial.renewAfter());
    }

    /** Settings of the stage that trains versions. */
    static FineTuneSettings fineTuning(PipelineConfig config) {
        PipelineConfig.Encoder encoder = config.encoder();
        PipelineConfig.FineTuning tuning = encoder.fineTuning();
        return new FineTuneSettings(
                config.encodable(),
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

    /**
     * The order in which frames and labels are learned. With {@code alignment.aggregate: first} a
     * complete frame does not wait for the end of its slot.
     */
    static LearningOrder order(PipelineConfig config) {
        long period = config.alignment().period().toMillis();
        boolean first = config.alignment().aggregate() == SlotAggregate.FIRST;
        return new LearningOrder(
                period, first ? 0 : period - 1, config.target().maxDelay().toMillis());
    }
}
