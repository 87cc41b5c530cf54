package io.pidstream.event;

import io.pidstream.avro.Alert;
import io.pidstream.format.AvroFormat;

/** Writes an alert. */
public final class AlertFormat extends AvroFormat<Alert> {
    private static final long serialVersionUID = 1;

    public AlertFormat() {
        super(Alert.class);
    }
}
