package io.pidstream.pipeline;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.kafka.Backlog;
import io.pidstream.kafka.LiveWatermarks;
import io.pidstream.kafka.MappedTopic;
import io.pidstream.kafka.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** The event time of a backlog, after a look through its topics. */
final class BacklogTimes {
    private final Duration least;
    private final Consumer<String> notes;
    private final Map<InputTopic, Duration> stepsBack = new HashMap<>();

    private BacklogTimes(Duration least, Consumer<String> notes) {
        this.least = least;
        this.notes = notes;
    }

    static BacklogTimes of(PipelineConfig config, Consumer<String> notes)
            throws ExecutionException {
        BacklogTimes times = new BacklogTimes(config.alignment().maxOutOfOrderness(), notes);
        Backlog backlog =
                new Backlog(
                        config.kafka(),
                        new Admission(
                                config.modalities(), config.target().names(), Clock.systemUTC()));
        Topics topics = new Topics(config.kafka().prefix());
        for (MappedTopic topic : config.mappedTopics()) {
            times.add(
                    new InputTopic(topic.name(), topic.hasReadings()),
                    topic.name(),
                    backlog.stepBack(topic));
        }
        if (config.mappedTopics().isEmpty()) {
            for (Modality modality : config.modalities().all()) {
                times.add(
                        InputTopic.READINGS,
                        topics.readings(modality.name()),
                        backlog.stepBackOfReadings(modality));
            }
        }
        if (config.inputTopics().hasOwnLabels()) {
            times.add(InputTopic.LABELS, topics.labels(), backlog.stepBackOfLabels());
        }
        return times;
    }

    private void add(InputTopic topic, String name, Duration stepBack) {
        stepsBack.merge(topic, stepBack, (a, b) -> a.compareTo(b) > 0 ? a : b);
        if (stepBack.compareTo(least) > 0) {
            notes.accept(
                    "%s: time steps back by up to %s within a partition, more than alignment.max-out-of-orderness, %s: so much of the stream waits in state"
                            .formatted(name, stepBack, least));
        }
    }

    WatermarkStrategy<Inbound> of(InputTopic topic) {
        Duration stepBack = stepsBack.getOrDefault(topic, Duration.ZERO);
        return LiveWatermarks.backlogWatermarks(
                stepBack.compareTo(least) > 0 ? stepBack : least, topic.hasReadings());
    }
}
