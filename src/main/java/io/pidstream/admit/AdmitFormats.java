package io.pidstream.admit;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The formats of records that sources pass to the job. */
public final class AdmitFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(Inbound.FORMAT);
    }
}
