package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.event.EventFormats;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the detectors are told beside the blocks: a stall begins or ends, or somebody has done
 * something about an alert.
 *
 * @param stall null if it is an action
 * @param action null if it is a stall
 */
public record Notice(Alert stall, AlertAction action) {
    public static final Format<Notice> FORMAT =
            Formats.of(
                    Part.of(
                            "alert/notice",
                            1,
                            EventFormats.ALERT.part(),
                            EventFormats.ALERT_ACTION.part()),
                    Notice.class,
                    Notice::writeTo,
                    Notice::readFrom);

    public Notice {
        if ((stall == null) == (action == null)) {
            throw new IllegalArgumentException("expected a stall or an action");
        }
    }

    public static Notice of(Alert stall) {
        return new Notice(stall, null);
    }

    public static Notice of(AlertAction action) {
        return new Notice(null, action);
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(stall != null);
        if (stall != null) {
            EventFormats.ALERT.write(stall, out);
        } else {
            EventFormats.ALERT_ACTION.write(action, out);
        }
    }

    private static Notice readFrom(DataInput in, Versions versions) throws IOException {
        return in.readBoolean()
                ? of(EventFormats.ALERT.read(in, versions))
                : of(EventFormats.ALERT_ACTION.read(in, versions));
    }
}
