package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;

import io.pidstream.align.SlotAggregate;
import io.pidstream.config.PipelineConfig.Alignment;
import java.time.Duration;

/** The section {@code alignment}. */
final class AlignmentSection {
    static final Section<Alignment> KEYS = Section.of("alignment", PipelineConfig::alignment);

    static final Key<Duration> PERIOD =
            KEYS.key("period", duration(MILLISECOND))
                    .of(Alignment::period)
                    .means("Length of a slot; the time of a frame is the start of its slot.");

    static final Key<SlotAggregate> AGGREGATE =
            KEYS.key("aggregate", choice(SlotAggregate.class))
                    .or(SlotAggregate.LAST)
                    .of(Alignment::aggregate)
                    .means(
                            "How the readings of a modality in a slot are reduced to one. With"
                                    + " `first`, a complete frame is emitted at once.");

    static final Key<Duration> MAX_OUT_OF_ORDERNESS =
            KEYS.key("max-out-of-orderness", duration(Duration.ZERO))
                    .or(Default.duration("PT0S"))
                    .of(Alignment::maxOutOfOrderness)
                    .means("A reading may arrive this long after a newer one, in event time.");

    static final Key<Duration> IDLE_AFTER =
            KEYS.key("idle-after", duration(MILLISECOND))
                    .or(Default.duration("PT1M"))
                    .of(Alignment::idleAfter)
                    .means(
                            "After this long without data, by the wall clock, a modality no longer"
                                    + " holds back event time.");

    private AlignmentSection() {}

    static Alignment read(ConfigNode root) {
        return new Alignment(
                root.get(PERIOD),
                root.get(AGGREGATE),
                root.get(MAX_OUT_OF_ORDERNESS),
                root.get(IDLE_AFTER));
    }
}
