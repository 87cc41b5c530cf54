package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.detect.Measures;
import io.pidstream.detect.Sample;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.AlertKind;
import io.pidstream.event.BlockStatistics;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Detects a frozen channel from its variance within a block and its mean squared step between
 * consecutive values, which bounds the entropy that a value adds to its predecessor. Both must have
 * collapsed. Contribution monitors can miss a stuck sensor if other channels of its modality
 * compensate; this detector does not.
 */
final class FrozenDetector implements BlockDetector {
    private static final int CAPACITY = 12;

    /** Drop that counts as a collapse: to less than a tenth of the amplitude. */
    private static final double COLLAPSE = Math.log(100);

    /**
     * A channel that repeats its value more often than this is naturally constant at times, such as
     * rain.
     */
    private static final double RESTING = 0.5;

    private static final double SMALLEST = 1e-30;

    /** Column of the share of values that equal their predecessor. */
    private static final int UNCHANGED = 2;

    private final int channel;
    private ShiftMonitor monitor;

    FrozenDetector(int channel) {
        this.channel = channel;
        restart();
    }

    /** One per channel. */
    static final class Kind implements DetectorKind {
        private static final Part PART = Part.of("alert/frozen-detector", 1);

        @Override
        public Part part() {
            return PART;
        }

        @Override
        public double weight() {
            return 0.25;
        }

        @Override
        public List<BlockDetector> detectors(int modalities, int channels, double smallestShift) {
            return IntStream.range(0, channels)
                    .<BlockDetector>mapToObj(FrozenDetector::new)
                    .toList();
        }
    }

    @Override
    public String key() {
        return "channel-" + channel;
    }

    /** The variance of a pooled block mixes several assets, so it is not used. */
    @Override
    public ShiftMonitor.Step accept(BlockStatistics block, boolean pooled, double logThreshold) {
        if (channel >= block.channels().size()) {
            return ShiftMonitor.Step.NOTHING;
        }
        BlockStatistics.Channel moved = block.channels().get(channel);
        if (Double.isNaN(moved.movement())) {
            return ShiftMonitor.Step.NOTHING;
        }
        double movement = StrictMath.log(Math.max(SMALLEST, moved.movement()));
        double variance = pooled ? movement : StrictMath.log(Math.max(SMALLEST, moved.variance()));
        return monitor.accept(
                block.start(),
                block.end(),
                new double[] {variance, movement, moved.unchanged()},
                logThreshold,
                FrozenDetector::froze);
    }

    private static boolean froze(Sample before, Sample after) {
        return before.mean(UNCHANGED) < RESTING
                && before.mean(0) - after.mean(0) >= COLLAPSE
                && before.mean(1) - after.mean(1) >= COLLAPSE;
    }

    @Override
    public ShiftMonitor monitor() {
        return monitor;
    }

    @Override
    public boolean isOfLatents() {
        return false;
    }

    @Override
    public void restart() {
        monitor = new ShiftMonitor(2, 1, true, CAPACITY, Double.POSITIVE_INFINITY);
    }

    @Override
    public Alert opened(BlockStatistics block, AlertRecords records) {
        DoubleUnaryOperator amplitude = log -> StrictMath.exp(log / 2);
        AlertMeasure movement =
                Measures.of("movement", "", monitor.before(), monitor.after(), 1, 0, amplitude);
        String name = records.settings().channels().get(channel);
        String modality = name.substring(0, name.indexOf('.'));
        Alert alert =
                records.open(
                        AlertKind.CHANNEL_FROZEN,
                        block,
                        modality,
                        name,
                        AlertRecords.DOWN,
                        monitor,
                        AlertText.channelFrozen(
                                block.asset(), name, movement, AlertRecords.changeOf(monitor)));
        alert.setMeasures(List.of(movement));
        alert.setBlocks(Measures.blocks(monitor, 1, amplitude));
        return alert;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        monitor.writeTo(out);
    }

    @Override
    public void readFrom(DataInput in, Versions versions) throws IOException {
        monitor.readFrom(in);
    }
}
