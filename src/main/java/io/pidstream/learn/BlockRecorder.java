package io.pidstream.learn;

import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Encoding;
import io.pidstream.forecast.BlockInformation;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.ModalitySet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Statistics of a block other than its moments: prediction errors, presence of modalities, and
 * movement of channels. The cost is a few additions per channel and frame.
 *
 * <p>Not thread-safe.
 */
public final class BlockRecorder {
    static final Format<BlockRecorder> FORMAT =
            Formats.ofMutable(
                    Part.of("learn/open-block", 1),
                    BlockRecorder.class,
                    BlockRecorder::writeTo,
                    BlockRecorder::readFrom);

    /** Least number of values for movement statistics of a channel. */
    private static final int LEAST_VALUES = 5;

    /**
     * Per channel: count, mean and squares of values; count and squares of differences, count of
     * zero differences.
     */
    private static final int FIGURES = 6;

    /** Per target: count, absolute values and squares of errors; mean and squares of the target. */
    private static final int ERROR_FIGURES = 5;

    private final int modalities;
    private long start;
    private long end;
    private int frames;
    private double[] present;
    private double[] channels;
    private double[] errors;

    /** The newest values of every asset, kept across blocks; NaN if never seen. */
    private final TreeMap<String, double[]> last = new TreeMap<>();

    private final TreeMap<String, Integer> seen = new TreeMap<>();

    /**
     * @param modalities number of modalities, including the target's history if configured
     * @param channels number of channels of all sensors
     */
    BlockRecorder(int modalities, int channels, int targets) {
        this.modalities = modalities;
        present = new double[modalities];
        this.channels = new double[channels * FIGURES];
        errors = new double[targets * ERROR_FIGURES];
    }

    /**
     * Adds a labelled frame.
     *
     * @param present the modalities that are present
     * @param values of all channels, NaN where absent
     * @param target [targets]
     * @param predicted [targets], the predictions; NaN if there was none
     */
    void add(
            String asset,
            long slot,
            ModalitySet present,
            double[] values,
            double[] target,
            double[] predicted) {
        start = frames == 0 ? slot : Math.min(start, slot);
        end = frames == 0 ? slot : Math.max(end, slot);
        frames++;
        seen.merge(asset, 1, Integer::sum);
        for (int m = 0; m < modalities; m++) {
            this.present[m] += present.contains(m) ? 1 : 0;
        }
        double[] before = last.get(asset);
        if (before == null) {
            before = new double[values.length];
            Arrays.fill(before, Double.NaN);
            last.put(asset, before);
        }
        for (int c = 0; c < values.length; c++) {
            if (!Double.isNaN(values[c])) {
                addChannel(c * FIGURES, values[c], before[c]);
                before[c] = values[c];
            }
        }
        for (int t = 0; t < target.length; t++) {
            if (!Double.isNaN(predicted[t])) {
                addError(t * ERROR_FIGURES, target[t], target[t] - predicted[t]);
            }
        }
    }

    private void addChannel(int at, double value, double before) {
        double n = ++channels[at];
        double delta = value - channels[at + 1];
        channels[at + 1] += delta / n;
        channels[at + 2] += delta * (value - channels[at + 1]);
        if (!Double.isNaN(before)) {
            double step = value - before;
            channels[at + 3]++;
            channels[at + 4] += step * step;
            channels[at + 5] += step == 0 ? 1 : 0;
        }
    }

    private void addError(int at, double target, double error) {
        double n = ++errors[at];
        errors[at + 1] += Math.abs(error);
        errors[at + 2] += error * error;
        double delta = target - errors[at + 3];
        errors[at + 3] += delta / n;
        errors[at + 4] += delta * (target - errors[at + 3]);
    }

    /**
     * Ends the block.
     *
     * @param active encoding of the frame by the version whose information it is
     * @param turn turn of the label that ended the block
     */
    BlockStatistics end(String asset, Encoding active, long turn, BlockInformation information) {
        List<Double> presence = new ArrayList<>(modalities);
        for (double count : present) {
            presence.add(count / frames);
        }
        BlockStatistics statistics =
                new BlockStatistics(
                        asset,
                        active.version(),
                        active.space(),
                        start,
                        end,
                        turn,
                        frames,
                        seen.size(),
                        information.samples(),
                        information.inflation(),
                        information.information(),
                        information.reason(),
                        error(),
                        presence,
                        movements());
        frames = 0;
        seen.clear();
        present = new double[present.length];
        channels = new double[channels.length];
        errors = new double[errors.length];
        return statistics;
    }

    private BlockStatistics.Error error() {
        double logSquared = 0;
        double logRelative = 0;
        int targets = errors.length / ERROR_FIGURES;
        for (int at = 0; at < errors.length; at += ERROR_FIGURES) {
            double n = errors[at];
            if (!(n >= LEAST_VALUES && errors[at + 2] > 0 && errors[at + 4] > 0)) {
                return BlockStatistics.Error.NONE;
            }
            logSquared += StrictMath.log(errors[at + 2] / n) / targets;
            logRelative += StrictMath.log(errors[at + 2] / errors[at + 4]) / targets;
        }
        return new BlockStatistics.Error(
                (int) errors[0], errors[1] / errors[0], logSquared, logRelative);
    }

    private List<BlockStatistics.Channel> movements() {
        List<BlockStatistics.Channel> movements = new ArrayList<>();
        for (int at = 0; at < channels.length; at += FIGURES) {
            boolean known = channels[at + 3] >= LEAST_VALUES;
            movements.add(
                    known
                            ? new BlockStatistics.Channel(
                                    channels[at + 2] / channels[at],
                                    channels[at + 4] / channels[at + 3],
                                    channels[at + 5] / channels[at + 3])
                            : new BlockStatistics.Channel(Double.NaN, Double.NaN, Double.NaN));
        }
        return movements;
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeLong(start);
        out.writeLong(end);
        out.writeInt(frames);
        Wire.write(out, present);
        Wire.write(out, channels);
        Wire.write(out, errors);
        out.writeInt(last.size());
        for (var entry : last.entrySet()) {
            out.writeUTF(entry.getKey());
            Wire.write(out, entry.getValue());
        }
        out.writeInt(seen.size());
        for (var entry : seen.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue());
        }
    }

    private static BlockRecorder readFrom(DataInput in, Versions versions) throws IOException {
        long start = in.readLong();
        long end = in.readLong();
        int frames = in.readInt();
        double[] present = Wire.readDoubles(in);
        BlockRecorder recorder = new BlockRecorder(present.length, 0, 0);
        recorder.start = start;
        recorder.end = end;
        recorder.frames = frames;
        recorder.present = present;
        recorder.channels = Wire.readDoubles(in);
        recorder.errors = Wire.readDoubles(in);
        int assets = in.readInt();
        for (int i = 0; i < assets; i++) {
            recorder.last.put(in.readUTF(), Wire.readDoubles(in));
        }
        int counted = in.readInt();
        for (int i = 0; i < counted; i++) {
            recorder.seen.put(in.readUTF(), in.readInt());
        }
        return recorder;
    }
}
