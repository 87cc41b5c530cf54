package io.pidstream.align;

/**
 * How the readings of a modality within a slot are aggregated, channel by channel: a reading
 * without a value of a channel does not count for that channel. No aggregate depends on the order
 * of arrival.
 */
public enum SlotAggregate {
    /** Per channel, the newest value of the slot. */
    LAST,
    /** Per channel, the mean of the slot's readings. */
    MEAN,
    /**
     * Per channel, the oldest value of the slot; the frame is emitted as soon as every modality is
     * present.
     */
    FIRST
}
