package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class LiveWatermarksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);
    private static final Duration IDLE_AFTER = Duration.ofMinutes(1);
    private static final Duration SLOT = Duration.ofHours(1);

    private final WallClock wall = new WallClock();
    private final ManualClock activity = new ManualClock();
    private final Output output = new Output();
    private WatermarkGenerator<Inbound> generator =
            generator(LiveWatermarks.ofReadings(OUT_OF_ORDERNESS, IDLE_AFTER, SLOT, wall));

    @Test
    void staysBehindTheNewestReadingByTheOutOfOrderness() {
        event(NOW.minusSeconds(10));
        event(NOW.minusSeconds(30));

        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10)));
    }

    @Test
    void doesNotFollowADeviceWhoseClockIsAhead() {
        event(NOW.plusSeconds(3600));

        assertThat(emitted()).isEqualTo(behind(NOW));
    }

    @Test
    void ignoresDeadLetters() {
        event(NOW.minusSeconds(10));
        Inbound letter =
                Admission.refuse(
                        new Origin("t", 0, 0, 0, null, null, Map.of()),
                        DeadLetterReason.UNDECODABLE,
                        "bad");
        generator.onEvent(letter, letter.eventTime(), output);

        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10)));
    }

    @Test
    void emitsNothingBeforeTheFirstReadingAndIsIdleAfterTheGrace() {
        assertThat(emitted()).isEqualTo(Long.MIN_VALUE);
        pass(IDLE_AFTER.minusMillis(1));
        emitted();
        assertThat(output.idle).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(emitted()).isEqualTo(Long.MIN_VALUE);
        assertThat(output.idle).isTrue();
    }

    @Test
    void givesASourceThatIsIdleQuicklyTenSecondsForItsFirstRecord() {
        generator = generator(LiveWatermarks.ofLabels(Duration.ofSeconds(1), wall));
        pass(Duration.ofMillis(9_999));
        emitted();
        assertThat(output.idle).isFalse();

        pass(Duration.ofMillis(1));
        emitted();
        assertThat(output.idle).isTrue();
    }

    @Test
    void isNotIdleBeforeItHasBeenSilentForLongEnough() {
        event(NOW.minusSeconds(10));
        pass(IDLE_AFTER.minusMillis(1));

        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10)));
        assertThat(output.idle).isFalse();
    }

    @Test
    void advancesWithTheWallClockAndIsIdleInBetweenWhenSilent() {
        event(NOW.minusSeconds(10));
        pass(IDLE_AFTER);
        emitted();
        assertThat(output.idle).isTrue();

        pass(Duration.ofSeconds(1));
        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10).plusSeconds(61)));
        assertThat(output.idle).isFalse();

        pass(Duration.ofMinutes(59));
        emitted();
        assertThat(output.idle).isTrue();
        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10).plusSeconds(61 + 59 * 60)));
    }

    @Test
    void neverGoesBackwards() {
        event(NOW.minusSeconds(10));
        pass(Duration.ofMinutes(2));
        emitted();
        long advanced = emitted();

        event(NOW.minusSeconds(5));

        assertThat(emitted()).isEqualTo(advanced);
        assertThat(output.idle).isFalse();
    }

    @Test
    void isNeverSilentWhileTheJobIsTooSlowToReadOn() {
        event(NOW.minusSeconds(10));
        // Backpressure stops the activity clock; the wall clock continues.
        wall.now = wall.now.plus(Duration.ofHours(5));

        assertThat(emitted()).isEqualTo(behind(NOW.minusSeconds(10)));
        assertThat(output.idle).isFalse();
    }

    @Test
    void closesTheLastSlotOfAReplayedFileButNotTheOnesThatAreToFollow() {
        Instant last = Instant.parse("2004-04-04T10:00:00Z");
        event(last);
        pass(IDLE_AFTER);
        emitted();

        assertThat(emitted())
                .isGreaterThanOrEqualTo(last.plus(SLOT).toEpochMilli() - 1)
                .isLessThan(last.plus(SLOT).toEpochMilli());
    }

    @Test
    void keepsTheTimeOfSilentLabelsWhereItIs() {
        generator = generator(LiveWatermarks.ofLabels(Duration.ofSeconds(1), wall));
        event(NOW.minusSeconds(10));
        pass(Duration.ofHours(1));
        emitted();
        emitted();

        assertThat(output.idle).isTrue();
        assertThat(output.watermark).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void ofABacklogIsNeverIdle() {
        var strategy = LiveWatermarks.backlogWatermarks(OUT_OF_ORDERNESS, true);
        generator = strategy.createWatermarkGenerator(context());
        assertThat(emitted()).isEqualTo(Long.MIN_VALUE);
        event(NOW.plusSeconds(3600));
        pass(Duration.ofDays(1));

        assertThat(emitted()).isEqualTo(behind(NOW.plusSeconds(3600)));
        assertThat(output.idle).isFalse();
    }

    @Test
    void ofATimelessInputHoldNothingBack() {
        WatermarkGenerator<String> timeless =
                LiveWatermarks.<String>timelessWatermarks().createWatermarkGenerator(context());
        timeless.onEvent("a", 5, output);
        timeless.onPeriodicEmit(output);

        assertThat(output.idle).isTrue();
        assertThat(output.watermark).isEqualTo(Long.MIN_VALUE);
    }

    private static long behind(Instant time) {
        return time.minus(OUT_OF_ORDERNESS).toEpochMilli() - 1;
    }

    private void event(Instant time) {
        Inbound inbound = Inbound.of(new Reading("a", "mox", time, List.of(1.0)));
        generator.onEvent(inbound, inbound.eventTime(), output);
    }

    private void pass(Duration duration) {
        wall.now = wall.now.plus(duration);
        activity.advanceTime(duration);
    }

    private long emitted() {
        generator.onPeriodicEmit(output);
        return output.watermark;
    }

    private WatermarkGenerator<Inbound> generator(LiveWatermarks strategy) {
        return strategy.createWatermarkGenerator(context());
    }

    private WatermarkGeneratorSupplier.Context context() {
        return new WatermarkGeneratorSupplier.Context() {
            @Override
            public MetricGroup getMetricGroup() {
                return new UnregisteredMetricsGroup();
            }

            @Override
            public RelativeClock getInputActivityClock() {
                return activity;
            }
        };
    }

    /** Remembers what Flink would see. */
    private static final class Output implements WatermarkOutput {
        private long watermark = Long.MIN_VALUE;
        private boolean idle;

        @Override
        public void emitWatermark(Watermark emitted) {
            watermark = emitted.getTimestamp();
            idle = false;
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }

    private static final class WallClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
