package io.pidstream.align;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of alignment. */
public final class AlignFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(new OpenSlotFormat(SlotAggregate.LAST));
    }
}
