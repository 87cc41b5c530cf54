package io.pidstream.mapping;

import io.pidstream.admit.Inbound;

/** Takes what a mapping makes of a message. */
public interface MappingOutput {
    /** A reading, a label or a dead letter. */
    void inbound(Inbound inbound);

    /** A message or a part of it that is none of these. */
    void ignored(Ignored reason);
}
