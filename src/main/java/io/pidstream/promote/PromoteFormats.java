package io.pidstream.promote;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The formats of the state of promotion. */
public final class PromoteFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(Trial.FORMAT);
    }
}
