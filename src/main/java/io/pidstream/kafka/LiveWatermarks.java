package io.pidstream.kafka;

import io.pidstream.admit.Inbound;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of a live source, per split, that advance while the source is silent.
 *
 * <p>While records arrive, the watermark trails the newest event time by the out-of-orderness, and
 * never passes the wall clock minus the out-of-orderness. So a device whose clock is ahead does not
 * make all others late.
 *
 * <p>A split that has been silent for {@code idleAfter} is idle and no longer holds back event
 * time. Its own time still advances with the wall clock from its newest record, so the newest slot
 * closes even if the next reading is an hour away. Flink knows a split only as either idle or with
 * a watermark, so it alternates between the two from period to period. If the newest record is more
 * than a day old when the silence begins, an old file is being replayed, and time advances by at
 * least one slot: the last slot closes, and a replay that is resumed later is not late.
 *
 * <p>Silence is measured on Flink's input activity clock, which stops under backpressure, so a
 * backlog is never silent. Before its first record a split has a grace period of {@code idleAfter},
 * at least ten seconds. Dead letters have no event time and do not advance the watermark, but they
 * count as activity.
 */
public final class LiveWatermarks implements WatermarkStrategy<Inbound> {
    private static final long serialVersionUID = 1;

    static final Duration LEAST_GRACE = Duration.ofSeconds(10);
    static final Duration OLD = Duration.ofDays(1);

    private final long outOfOrderness;
    private final long idleAfter;
    private final long slot;
    private final boolean goesOn;
    private final Clock clock;

    private LiveWatermarks(
            Duration outOfOrderness,
            Duration idleAfter,
            Duration slot,
            boolean goesOn,
            Clock clock) {
        this.outOfOrderness = outOfOrderness.toMillis();
        this.idleAfter = idleAfter.toMillis();
        this.slot = slot.toMillis();
        this.goesOn = goesOn;
        this.clock = clock;
    }

    /**
     * Watermarks of the readings of a modality.
     *
     * @param outOfOrderness how much later than newer readings a reading may arrive
     * @param idleAfter wall-clock silence after which a split is idle
     * @param slot duration of a slot
     * @param clock the wall clock; must be serializable
     */
    public static LiveWatermarks ofReadings(
            Duration outOfOrderness, Duration idleAfter, Duration slot, Clock clock) {
        return new LiveWatermarks(outOfOrderness, idleAfter, slot, true, clock);
    }

    /**
     * Watermarks of the labels, which are sparse: after {@code idleAfter} of silence a split is
     * idle until its next record. Its time does not advance, because predictions would wait for it
     * in every other period.
     */
    public static LiveWatermarks ofLabels(Duration idleAfter, Clock clock) {
        return new LiveWatermarks(Duration.ZERO, idleAfter, Duration.ZERO, false, clock);
    }

    /**
     * Watermarks of a bounded input: they trail the newest event time by the out-of-orderness,
     * without idleness, so that results do not depend on reading speed. The times of labels among
     * readings do not count.
     *
     * @param hasReadings whether it has readings
     */
    public static WatermarkStrategy<Inbound> backlogWatermarks(
            Duration outOfOrderness, boolean hasReadings) {
        long millis = outOfOrderness.toMillis();
        return WatermarkStrategy.<Inbound>forGenerator(
                        context -> new BacklogGenerator(millis, hasReadings))
                .withTimestampAssigner((inbound, unused) -> inbound.eventTime());
    }

    /**
     * Watermarks of an input without event time, such as the model versions: always idle, so it
     * never holds back event time.
     */
    public static <T> WatermarkStrategy<T> timelessWatermarks() {
        return WatermarkStrategy.<T>forGenerator(context -> new Timeless<>())
                .withTimestampAssigner((unused, timestamp) -> timestamp);
    }

    @Override
    public TimestampAssigner<Inbound> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (inbound, unused) -> inbound.eventTime();
    }

    @Override
    public WatermarkGenerator<Inbound> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Generator(context.getInputActivityClock());
    }

    private final class Generator implements WatermarkGenerator<Inbound> {
        private final RelativeClock activity;
        private final long grace = Math.max(idleAfter, LEAST_GRACE.toMillis());
        private boolean started;
        private long newest = Inbound.NO_TIME;
        private long lastSign;
        private long lag;
        private long emitted = Long.MIN_VALUE;
        private boolean idle;

        Generator(RelativeClock activity) {
            this.activity = activity;
            this.lastSign = activity.relativeTimeMillis();
        }

        @Override
        public void onEvent(Inbound inbound, long time, WatermarkOutput output) {
            started = true;
            lastSign = activity.relativeTimeMillis();
            // A label among readings is known later than it was measured, by days perhaps; if its
            // time counted, the readings after it would be late.
            boolean counts = time != Inbound.NO_TIME && !(goesOn && inbound.placed() != null);
            if (counts && time > newest) {
                newest = time;
                // Reading the wall clock for every record is too expensive; see onPeriodicEmit.
                lag = Long.MIN_VALUE;
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            long now = clock.millis();
            if (lag == Long.MIN_VALUE) {
                lag = now - newest;
            }
            long silence = activity.relativeTimeMillis() - lastSign;
            boolean silent = silence >= (started ? idleAfter : grace);
            if (!silent) {
                idle = false;
                advance(newest, now, output);
            } else if (idle && goesOn && newest != Inbound.NO_TIME) {
                idle = false;
                long least = lag > OLD.toMillis() ? slot + outOfOrderness : 0;
                advance(newest + Math.max(silence, least), now, output);
            } else {
                idle = true;
                output.markIdle();
            }
        }

        private void advance(long time, long now, WatermarkOutput output) {
            if (newest == Inbound.NO_TIME) {
                return;
            }
            // A record with exactly this time may still arrive, hence − 1.
            long watermark = Math.min(time, now) - outOfOrderness - 1;
            emitted = Math.max(emitted, watermark);
            output.emitWatermark(new Watermark(emitted));
        }
    }

    private static final class BacklogGenerator implements WatermarkGenerator<Inbound> {
        private final long outOfOrderness;
        private final boolean hasReadings;
        private long newest = Inbound.NO_TIME;

        BacklogGenerator(long outOfOrderness, boolean hasReadings) {
            this.outOfOrderness = outOfOrderness;
            this.hasReadings = hasReadings;
        }

        @Override
        public void onEvent(Inbound inbound, long time, WatermarkOutput output) {
            if (!hasReadings || inbound.placed() == null) {
                newest = Math.max(newest, time);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (newest != Inbound.NO_TIME) {
                output.emitWatermark(new Watermark(newest - outOfOrderness - 1));
            }
        }
    }

    private static final class Timeless<T> implements WatermarkGenerator<T> {
        @Override
        public void onEvent(T event, long time, WatermarkOutput output) {
            // It has no event time.
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
