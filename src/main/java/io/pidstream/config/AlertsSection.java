package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.between;
import static io.pidstream.config.KeyTypes.duration;

import io.pidstream.config.PipelineConfig.Alerts;
import java.time.Duration;

/** The section {@code alerts}. */
final class AlertsSection {
    static final Section<Alerts> KEYS = Section.of("alerts", PipelineConfig::alerts);

    static final Key<Duration> MEAN_TIME_BETWEEN_FALSE_ALARMS =
            KEYS.key("mean-time-between-false-alarms", duration(MILLISECOND))
                    .or(Default.duration("P365D"))
                    .of(Alerts::meanTimeBetweenFalseAlarms)
                    .means(
                            "[Mean time between alerts](alerts.md#the-number) when nothing changes,"
                                    + " all assets together, in event time.");

    static final Key<Double> SMALLEST_SHIFT =
            KEYS.key("smallest-shift", between(0, 1))
                    .or(0.05)
                    .of(Alerts::smallestShift)
                    .means(
                            "Smallest shift that is reported, as a share of the information of all"
                                    + " modalities.");

    static final Key<Duration> STALLED_AFTER =
            KEYS.key("stalled-after", duration(MILLISECOND))
                    .or(Default.periods(20))
                    .of(Alerts::stalledAfter)
                    .means(
                            "A modality that is silent for this long while others report is"
                                    + " stalled, in event time.");

    private AlertsSection() {}

    static Alerts read(ConfigNode root) {
        return new Alerts(
                root.get(MEAN_TIME_BETWEEN_FALSE_ALARMS),
                root.get(SMALLEST_SHIFT),
                root.get(STALLED_AFTER));
    }
}
