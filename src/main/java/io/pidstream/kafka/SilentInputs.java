package io.pidstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds topics of readings that have become silent while others go on, and says when they are back.
 * A topic that is silent often, because its sensors are slow, must be silent for twice as long as
 * ever before.
 */
final class SilentInputs {
    private final Duration idleAfter;
    private final Map<String, Topic> topics = new HashMap<>();

    private static final class Topic {
        private long written;
        private Duration last;
        private Duration longest = Duration.ZERO;
        private boolean silent;

        Topic(long written, Duration now) {
            this.written = written;
            this.last = now;
        }
    }

    /**
     * @param idleAfter the silence after which a modality no longer holds back event time
     */
    SilentInputs(Duration idleAfter) {
        this.idleAfter = idleAfter;
    }

    /**
     * A line for every topic that is silent now and was not before, or the other way round.
     *
     * @param now time since any moment
     * @param written records of each topic of readings
     */
    List<String> look(Duration now, Map<String, Long> written) {
        List<String> lines = new ArrayList<>();
        written.forEach(
                (name, records) -> {
                    Topic topic = topics.computeIfAbsent(name, unused -> new Topic(records, now));
                    if (records != topic.written) {
                        if (topic.silent) {
                            lines.add(
                                    "%s: records come again, after %s"
                                            .formatted(name, rounded(now.minus(topic.last))));
                        }
                        arrived(topic, records, now);
                    }
                });
        boolean someGoOn =
                topics.values().stream()
                        .anyMatch(topic -> now.minus(topic.last).compareTo(idleAfter) < 0);
        if (someGoOn) {
            topics.forEach(
                    (name, topic) -> {
                        if (!topic.silent && isSilent(topic, now)) {
                            topic.silent = true;
                            lines.add(silence(name, now.minus(topic.last)));
                        }
                    });
        }
        return lines;
    }

    private static void arrived(Topic topic, long records, Duration now) {
        Duration gap = now.minus(topic.last);
        topic.longest = gap.compareTo(topic.longest) > 0 ? gap : topic.longest;
        topic.written = records;
        topic.last = now;
        topic.silent = false;
    }

    private boolean isSilent(Topic topic, Duration now) {
        Duration gap = now.minus(topic.last);
        return gap.compareTo(idleAfter) >= 0 && gap.compareTo(topic.longest.multipliedBy(2)) > 0;
    }

    private static String silence(String name, Duration gap) {
        return "%s: nothing has come for %s, while other readings come; time goes on without it (alignment.idle-after), in frames that lack it: see what sends it"
                .formatted(name, rounded(gap));
    }

    private static Duration rounded(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }
}
