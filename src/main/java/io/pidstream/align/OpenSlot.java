package io.pidstream.align;

import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The readings of one open slot of one asset, for each modality those that its aggregate needs.
 * Missing values are NaN.
 */
final class OpenSlot {
    private final SlotAggregate aggregate;

    /**
     * Per modality: time of measurement to values [channels]. Unless the aggregate is the mean,
     * there is one entry, or as many as are needed to have a value of every channel: records of one
     * value each are readings of one channel each.
     */
    private final TreeMap<Long, double[]>[] readings;

    private boolean emitted;

    OpenSlot(SlotAggregate aggregate, int modalities) {
        this.aggregate = aggregate;
        @SuppressWarnings({"unchecked", "rawtypes"})
        TreeMap<Long, double[]>[] maps = new TreeMap[modalities];
        Arrays.setAll(maps, i -> new TreeMap<>());
        this.readings = maps;
    }

    /** Adds a reading; idempotent. */
    void add(int modality, long time, double[] values) {
        TreeMap<Long, double[]> kept = readings[modality];
        double[] same = kept.get(time);
        kept.put(time, same == null ? values : larger(same, values));
        if (aggregate != SlotAggregate.MEAN && kept.size() > 1) {
            removeUnneeded(kept);
        }
    }

    /**
     * Two readings of the same instant as one: per channel the larger of two values, so that the
     * order of arrival does not matter.
     */
    private static double[] larger(double[] a, double[] b) {
        double[] larger = new double[a.length];
        for (int c = 0; c < larger.length; c++) {
            boolean isA = Double.isNaN(b[c]) || a[c] > b[c];
            larger[c] = isA ? a[c] : b[c];
        }
        return larger;
    }

    /** Removes the readings of which no value is the newest, or oldest, of its channel. */
    private void removeUnneeded(TreeMap<Long, double[]> kept) {
        boolean[] known = new boolean[kept.firstEntry().getValue().length];
        Iterator<double[]> values = byPreference(kept).values().iterator();
        while (values.hasNext()) {
            double[] next = values.next();
            boolean isNeeded = false;
            for (int c = 0; c < known.length; c++) {
                if (!known[c] && !Double.isNaN(next[c])) {
                    known[c] = true;
                    isNeeded = true;
                }
            }
            if (!isNeeded) {
                values.remove();
            }
        }
    }

    private NavigableMap<Long, double[]> byPreference(TreeMap<Long, double[]> kept) {
        return aggregate == SlotAggregate.LAST ? kept.descendingMap() : kept;
    }

    /** The values of a modality in this slot, [channels]; null if any channel has no value. */
    double[] values(int modality) {
        TreeMap<Long, double[]> kept = readings[modality];
        if (kept.isEmpty()) {
            return null;
        }
        double[] values = aggregate == SlotAggregate.MEAN ? mean(kept) : preferred(kept);
        for (double value : values) {
            if (Double.isNaN(value)) {
                return null;
            }
        }
        return values;
    }

    /** Per channel, the value of the newest or the oldest reading that has one. */
    private double[] preferred(TreeMap<Long, double[]> kept) {
        if (kept.size() == 1) {
            return kept.firstEntry().getValue();
        }
        double[] preferred = new double[kept.firstEntry().getValue().length];
        Arrays.fill(preferred, Double.NaN);
        for (double[] values : byPreference(kept).values()) {
            for (int c = 0; c < preferred.length; c++) {
                preferred[c] = Double.isNaN(preferred[c]) ? values[c] : preferred[c];
            }
        }
        return preferred;
    }

    /** Per channel, the mean of the present values, summed in time order. */
    private static double[] mean(TreeMap<Long, double[]> kept) {
        int channels = kept.firstEntry().getValue().length;
        double[] mean = new double[channels];
        for (int c = 0; c < channels; c++) {
            int count = 0;
            double sum = 0;
            for (double[] values : kept.values()) {
                if (!Double.isNaN(values[c])) {
                    count++;
                    sum += values[c];
                }
            }
            mean[c] = count == 0 ? Double.NaN : sum / count;
        }
        return mean;
    }

    boolean isEmitted() {
        return emitted;
    }

    /** Drops the readings and records that the frame has been emitted. */
    void setEmitted() {
        emitted = true;
        for (TreeMap<Long, double[]> kept : readings) {
            kept.clear();
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(emitted);
        out.writeByte(readings.length);
        for (TreeMap<Long, double[]> kept : readings) {
            out.writeInt(kept.size());
            for (Map.Entry<Long, double[]> entry : kept.entrySet()) {
                out.writeLong(entry.getKey());
                Wire.write(out, entry.getValue());
            }
        }
    }

    static OpenSlot readFrom(DataInput in, SlotAggregate aggregate) throws IOException {
        boolean emitted = in.readBoolean();
        OpenSlot slot = new OpenSlot(aggregate, in.readByte());
        slot.emitted = emitted;
        for (TreeMap<Long, double[]> kept : slot.readings) {
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                kept.put(in.readLong(), Wire.readDoubles(in));
            }
        }
        return slot;
    }
}
