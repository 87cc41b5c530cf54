package io.pidstream.event;

import java.util.List;

/**
 * A frame with what the model versions make of it.
 *
 * @param frame the frame
 * @param encodings the active version's encoding first, then that of a candidate in shadow, if
 *     there is one
 */
public record EncodedFrame(Frame frame, List<Encoding> encodings) {
    public EncodedFrame {
        encodings = List.copyOf(encodings);
        if (encodings.isEmpty()) {
            throw new IllegalArgumentException("no encoding of " + frame);
        }
    }

    public Encoding active() {
        return encodings.get(0);
    }
}
