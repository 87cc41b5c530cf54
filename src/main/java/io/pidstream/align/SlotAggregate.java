package io.pidstream.align;

/**
 * How the readings of a modality within a slot are aggregated. No aggregate depends on the order of
 * arrival.
 */
public enum SlotAggregate {
    /** The newest reading of the slot. */
    LAST,
    /** Per channel, the mean of the slot's readings. */
    MEAN,
    /**
     * The oldest reading of the slot; the frame is emitted as soon as every modality is present.
     */
    FIRST
}
