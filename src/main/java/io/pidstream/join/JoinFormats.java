package io.pidstream.join;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the join stage, and of the observations that it emits. */
public final class JoinFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(Observation.FORMAT, WaitingFrame.FORMAT, KnownTarget.FORMAT);
    }
}
