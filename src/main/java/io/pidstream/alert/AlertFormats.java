package io.pidstream.alert;

import io.pidstream.format.Format;
import io.pidstream.format.FormatCatalog;
import java.util.List;

/** The state formats of the alert stage. */
public final class AlertFormats implements FormatCatalog {
    @Override
    public List<Format<?>> formats() {
        return List.of(
                ActionBook.FORMAT,
                Notice.FORMAT,
                AssetMonitors.FORMAT,
                FleetBook.FORMAT,
                Presence.FORMAT);
    }
}
