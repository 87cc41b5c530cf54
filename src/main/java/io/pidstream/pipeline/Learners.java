package io.pidstream.pipeline;

import io.pidstream.alert.AlertSettings;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.learn.LearningOrder;
import io.pidstream.promote.PromoteSettings;
import java.util.ArrayList;
import java.util.List;

/** What the learners are told of the configuration. */
final class Learners {
    private Learners() {}

    /**
     * With {@code target.history}, one modality more: the newest known targets and their age in
     * periods.
     */
    static LearnerSettings settings(PipelineConfig config) {
        List<String> modalities = new ArrayList<>();
        List<List<String>> channels = new ArrayList<>();
        for (Modality modality : config.modalities().all()) {
            modalities.add(modality.name());
            channels.add(modality.channels());
        }
        if (config.target().history()) {
            modalities.add(PipelineConfig.HISTORY);
            List<String> known = new ArrayList<>(config.target().names());
            known.add("age");
            channels.add(known);
        }
        PipelineConfig.Learning learning = config.learning();
        return new LearnerSettings(
                config.target().names(),
                modalities,
                channels,
                config.alignment().period(),
                learning.halfLives(),
                learning.explanationHalfLife(),
                learning.block(),
                learning.interval(),
                config.pid().definition(),
                config.target().history(),
                0);
    }

    /** What the alert stage is told. */
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
                settings(config).modalities(),
                channels,
                alerts.meanTimeBetweenFalseAlarms(),
                alerts.smallestShift(),
                alerts.stalledAfter());
    }

    /**
     * A promotion may be wrong once in a hundred candidates, a return once in a thousand watches.
     *
     * @param lead from a decision until it holds, milliseconds of event time
     */
    static PromoteSettings promotion(PipelineConfig config, long lead) {
        PipelineConfig.Trial trial = config.encoder().trial();
        return new PromoteSettings(0.01, 0.001, trial.warmUp(), trial.longest(), lead);
    }

    /** With {@code first}, a complete frame need not wait for the end of its slot. */
    static LearningOrder order(PipelineConfig config) {
        long period = config.alignment().period().toMillis();
        boolean first = config.alignment().aggregate() == PipelineConfig.Aggregate.FIRST;
        return new LearningOrder(
                period, first ? 0 : period - 1, config.target().maxDelay().toMillis());
    }
}
