package io.pidstream.promote;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the promotion stage. */
public final class PromoteFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(Trial.FORMAT);
    }
}
