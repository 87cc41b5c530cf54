package io.pidstream.learn;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The formats of the state of the learners' stage, but for the learners themselves. */
public final class LearnFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(
                Observation.FORMAT, WaitingFrame.FORMAT, KnownTarget.FORMAT, BlockRecorder.FORMAT);
    }
}
