package io.pidstream.align;

/** Which readings of a modality stand for a slot. None depends on the order of arrival. */
public enum SlotAggregate {
    /** The newest reading of the slot. */
    LAST,
    /** Per channel, the mean of the slot's readings. */
    MEAN,
    /** The oldest reading of the slot; the frame leaves as soon as every modality is there. */
    FIRST
}
