package io.pidstream.learn;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the learning stage, except those of the learners themselves. */
public final class LearnFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(BlockRecorder.FORMAT);
    }
}
