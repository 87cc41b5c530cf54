package io.pidstream.event;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;

/** What a shelf silences: a kind of alert at an asset, of one modality or of any. */
public final class ShelfScope {
    private ShelfScope() {}

    /** Tells shelves apart: of two with the same key, the later one replaces the earlier. */
    public static String key(AlertAction shelf) {
        return String.join(
                "/", shelf.getAsset(), shelf.getKind(), String.valueOf(shelf.getModality()));
    }

    /** Whether a shelf is about this alert. */
    public static boolean silences(AlertAction shelf, Alert alert) {
        return shelf.getAsset().equals(alert.getAsset())
                && shelf.getKind().equals(alert.getKind())
                && (shelf.getModality() == null || shelf.getModality().equals(alert.getModality()));
    }
}
