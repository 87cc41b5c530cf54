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
 * Event time of a live source, per split, that goes on while the source is silent.
 *
 * <p>While records come, the watermark stays behind the newest event time by the out-of-orderness,
 * and never passes the wall clock less the out-of-orderness: one device whose clock is ahead does
 * not make all others late.
 *
 * <p>A split that has been silent for {@code idleAfter} holds nobody back: it is idle. Its own time
 * goes on nevertheless, at the pace of the wall clock from its newest record on, so the newest slot
 * closes though the next reading may be an hour away. To Flink a split is either idle or has a
 * watermark; so from one period to the next it is the one and then the other. Where the newest
 * record is more than a day old when the silence begins, an old file is being replayed, and time
 * goes on by at least one slot: the last slot closes, and a replay that is taken up again later is
 * not late.
 *
 * <p>Silence is measured on Flink's input activity clock, which stands still while the job is too
 * slow to read on: a backlog is never silent. Before its first record a split gets a grace of
 * {@code idleAfter}, at least ten seconds. Dead letters have no time and change nothing, but they
 * are a sign of life.
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
     * For the readings of a modality.
     *
     * @param outOfOrderness how much later than a newer one a reading may come
     * @param idleAfter wall clock: silent for this long, a split is idle
     * @param slot the slot of a frame
     * @param clock the wall clock; serialisable, as those of the JDK are
     */
    public static LiveWatermarks ofReadings(
            Duration outOfOrderness, Duration idleAfter, Duration slot, Clock clock) {
        return new LiveWatermarks(outOfOrderness, idleAfter, slot, true, clock);
    }

    /**
     * For the labels, which are sparse: silent for {@code idleAfter}, a split is idle until its
     * next record. Its time does not go on, as predictions would wait for it every other period.
     */
    public static LiveWatermarks ofLabels(Duration idleAfter, Clock clock) {
        return new LiveWatermarks(Duration.ZERO, idleAfter, Duration.ZERO, false, clock);
    }

    /**
     * For a bounded input: behind the newest event time by the out-of-orderness, and no idleness at
     * all, so that the result does not depend on how fast anything was read.
     */
    public static WatermarkStrategy<Inbound> backlogWatermarks(Duration outOfOrderness) {
        long millis = outOfOrderness.toMillis();
        return WatermarkStrategy.<Inbound>forGenerator(context -> new Backlog(millis))
                .withTimestampAssigner((inbound, unused) -> inbound.eventTime());
    }

    /**
     * For an input that says nothing about event time, such as the model versions: always idle, so
     * it holds nothing back.
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
            if (time != Inbound.NO_TIME && time > newest) {
                newest = time;
                // A wall clock is too dear to be read for every record; see onPeriodicEmit.
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
            // A record of exactly this time may still come, hence − 1.
            long watermark = Math.min(time, now) - outOfOrderness - 1;
            emitted = Math.max(emitted, watermark);
            output.emitWatermark(new Watermark(emitted));
        }
    }

    private static final class Backlog implements WatermarkGenerator<Inbound> {
        private final long outOfOrderness;
        private long newest = Inbound.NO_TIME;

        Backlog(long outOfOrderness) {
            this.outOfOrderness = outOfOrderness;
        }

        @Override
        public void onEvent(Inbound inbound, long time, WatermarkOutput output) {
            newest = Math.max(newest, time);
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
            // Its time says nothing.
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.markIdle();
        }
    }
}
