package io.pidstream.event;

import java.util.Arrays;

/**
 * The readings of all modalities of one asset for one slot.
 *
 * @param asset what is being predicted; the key
 * @param time start of the slot, milliseconds since 1970
 * @param turn when it is the frame's turn in the order of learning, milliseconds since 1970: {@code
 *     time}, or the slot's last millisecond where the frame could be complete only then
 * @param present bit i is set if modality i is there with all its channels
 * @param values the channels of all modalities in the order of the configuration, in their own
 *     units; NaN where absent
 */
public record Frame(String asset, long time, long turn, int present, double[] values) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that
                && asset.equals(that.asset)
                && time == that.time
                && turn == that.turn
                && present == that.present
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * asset.hashCode() + Long.hashCode(time)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Frame[asset=%s, time=%d, turn=%d, present=%s, values=%s]"
                .formatted(
                        asset,
                        time,
                        turn,
                        Integer.toBinaryString(present),
                        Arrays.toString(values));
    }
}
