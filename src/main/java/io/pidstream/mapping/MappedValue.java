package io.pidstream.mapping;

import java.io.Serializable;

/**
 * A value of a message and what it is.
 *
 * @param field path of the field; in the long format the name of the metric
 * @param modality index of the channel's modality; {@link #TARGET} for a target
 * @param index index of the channel in its modality, or of the target
 * @param name name of the channel or target
 */
public record MappedValue(String field, int modality, int index, String name)
        implements Serializable {
    /** In the place of a modality: the value is a target. */
    public static final int TARGET = -1;

    public boolean isTarget() {
        return modality == TARGET;
    }
}
