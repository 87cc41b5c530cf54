package io.pidstream.train;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the fine-tune stage. */
public final class TrainFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(ReplayBuffer.FORMAT, Triggers.FORMAT);
    }
}
