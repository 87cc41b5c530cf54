package io.pidstream.align;

import io.pidstream.format.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The readings of one open slot of one asset, for each modality those that its aggregate needs.
 * Missing values are NaN.
 */
final class OpenSlot {
    private final SlotAggregate aggregate;

    /**
     * Per modality: time of measurement to values [channels]; one entry unless the aggregate is the
     * mean.
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
        if (same != null) {
            // Tie-break between two readings of the same instant, independent of the order of
            // arrival.
            if (Arrays.compare(values, same) > 0) {
                kept.put(time, values);
            }
            return;
        }
        if (aggregate == SlotAggregate.MEAN || kept.isEmpty()) {
            kept.put(time, values);
        } else if (aggregate == SlotAggregate.LAST
                ? time > kept.firstKey()
                : time < kept.firstKey()) {
            kept.clear();
            kept.put(time, values);
        }
    }

    /** The values of a modality in this slot, [channels]; null if any channel has no value. */
    double[] values(int modality) {
        TreeMap<Long, double[]> kept = readings[modality];
        if (kept.isEmpty()) {
            return null;
        }
        double[] values =
                aggregate == SlotAggregate.MEAN ? mean(kept) : kept.firstEntry().getValue();
        for (double value : values) {
            if (Double.isNaN(value)) {
                return null;
            }
        }
        return values;
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
