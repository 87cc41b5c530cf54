package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertState;
import io.pidstream.event.EventFormats;
import io.pidstream.event.ShelfScope;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What people did about alerts: the shelves, the alerts that they withhold, and which alerts there
 * are.
 *
 * <p>Not thread-safe.
 */
public final class ActionBook {
    static final Format<ActionBook> FORMAT =
            Formats.ofMutable(
                    Part.of(
                            "alert/action-book",
                            1,
                            EventFormats.ALERT.part(),
                            EventFormats.ALERT_ACTION.part()),
                    ActionBook.class,
                    ActionBook::writeTo,
                    ActionBook::readFrom);

    /** Of so many alerts that are over it is known that there were such. */
    static final int MOST_OVER = 256;

    private static final String ACKNOWLEDGED = "ACKNOWLEDGED";
    private static final String SHELVED = "SHELVED";

    /** By what they silence. */
    private final TreeMap<String, AlertAction> shelves = new TreeMap<>();

    /** Alerts that have opened on a shelf and have not been told, by identifier. */
    private final TreeMap<String, Alert> withheld = new TreeMap<>();

    /** Alerts that are open and were told, with what was done about them, by identifier. */
    private final TreeMap<String, Alert> told = new TreeMap<>();

    /** The alerts of the job by identifier, in the order of their last transition. */
    private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

    private record Known(boolean open, boolean wasFalse) {}

    /**
     * Takes a shelf, which replaces an earlier one of the same.
     *
     * @return the alerts that it silences
     */
    List<Alert> shelve(AlertAction shelf) {
        shelves.put(ShelfScope.key(shelf), shelf);
        List<Alert> silenced = new ArrayList<>();
        for (Alert alert : told.values()) {
            if (ShelfScope.silences(shelf, alert)) {
                alert.setHandling(SHELVED);
                alert.setShelvedUntil(shelf.getUntil());
                silenced.add(Alert.newBuilder(alert).build());
            }
        }
        return silenced;
    }

    /** Ends a shelf early; returns the alerts that are told now. */
    List<Alert> unshelve(AlertAction action) {
        shelves.remove(ShelfScope.key(action));
        return release();
    }

    /** Ends the shelves whose time is over; returns the alerts that are told now. */
    List<Alert> end(long now) {
        boolean ended = shelves.values().removeIf(shelf -> shelf.getUntil().toEpochMilli() <= now);
        return ended ? release() : List.of();
    }

    private List<Alert> release() {
        List<Alert> released = new ArrayList<>();
        for (Alert alert : told.values()) {
            if (SHELVED.equals(alert.getHandling()) && !isShelved(alert)) {
                alert.setHandling(null);
                alert.setShelvedUntil(null);
                released.add(Alert.newBuilder(alert).build());
            }
        }
        for (Iterator<Alert> i = withheld.values().iterator(); i.hasNext(); ) {
            Alert alert = i.next();
            if (!isShelved(alert)) {
                i.remove();
                told.put(alert.getId(), alert);
                released.add(Alert.newBuilder(alert).build());
            }
        }
        return released;
    }

    /**
     * Notes on an alert that it is known to somebody, is somebody's, or what it turned out to be.
     *
     * @return the alert as it is now; empty if it is over, or nobody was told
     */
    Optional<Alert> note(AlertAction action) {
        Alert alert = told.get(action.getAlert());
        if (alert == null) {
            return Optional.empty();
        }
        if (action.getAction() == AlertActionKind.ACKNOWLEDGE && alert.getHandling() == null) {
            alert.setHandling(ACKNOWLEDGED);
        }
        if (action.getAssignee() != null) {
            alert.setAssignee(action.getAssignee());
        }
        if (action.getOutcome() != null) {
            alert.setOutcome(action.getOutcome().name());
        }
        return Optional.of(Alert.newBuilder(alert).build());
    }

    private boolean isShelved(Alert alert) {
        return shelves.values().stream().anyMatch(shelf -> ShelfScope.silences(shelf, alert));
    }

    /** The end of the shelf that ends next. */
    OptionalLong nextEnd() {
        return shelves.values().stream().mapToLong(s -> s.getUntil().toEpochMilli()).min();
    }

    /** Takes a transition; returns it if it is told, and nothing if a shelf withholds it. */
    Optional<Alert> take(Alert alert) {
        boolean opens = alert.getState() == AlertState.OPEN;
        if (opens && isShelved(alert)) {
            note(alert, true);
            withheld.put(alert.getId(), alert);
            return Optional.empty();
        }
        note(alert, opens);
        if (opens) {
            // A copy, as what is noted on it changes it.
            told.put(alert.getId(), Alert.newBuilder(alert).build());
            return Optional.of(alert);
        }
        Alert before = told.remove(alert.getId());
        if (before != null) {
            Alert over = Alert.newBuilder(alert).build();
            over.setAssignee(before.getAssignee());
            over.setOutcome(before.getOutcome());
            return Optional.of(over);
        }
        boolean untold = withheld.remove(alert.getId()) != null;
        return untold ? Optional.empty() : Optional.of(alert);
    }

    private void note(Alert alert, boolean open) {
        Known before = known.remove(alert.getId());
        known.put(alert.getId(), new Known(open, before != null && before.wasFalse()));
        long over = known.values().stream().filter(of -> !of.open()).count();
        for (var i = known.values().iterator(); over > MOST_OVER && i.hasNext(); ) {
            if (!i.next().open()) {
                i.remove();
                over--;
            }
        }
    }

    /** Whether the job has had such an alert, and it is open or was over lately. */
    boolean knows(String id) {
        return id != null && known.containsKey(id);
    }

    /**
     * Notes that an alert was false.
     *
     * @return whether that was not known
     */
    boolean markFalse(String id) {
        Known before = known.replace(id, new Known(known.get(id).open(), true));
        return !before.wasFalse();
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeInt(shelves.size());
        for (AlertAction shelf : shelves.values()) {
            EventFormats.ALERT_ACTION.write(shelf, out);
        }
        out.writeInt(withheld.size());
        for (Alert alert : withheld.values()) {
            EventFormats.ALERT.write(alert, out);
        }
        out.writeInt(told.size());
        for (Alert alert : told.values()) {
            EventFormats.ALERT.write(alert, out);
        }
        out.writeInt(known.size());
        for (var entry : known.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeBoolean(entry.getValue().open());
            out.writeBoolean(entry.getValue().wasFalse());
        }
    }

    private static ActionBook readFrom(DataInput in, Versions versions) throws IOException {
        ActionBook book = new ActionBook();
        int shelves = in.readInt();
        for (int i = 0; i < shelves; i++) {
            AlertAction shelf = EventFormats.ALERT_ACTION.read(in, versions);
            book.shelves.put(ShelfScope.key(shelf), shelf);
        }
        int withheld = in.readInt();
        for (int i = 0; i < withheld; i++) {
            Alert alert = EventFormats.ALERT.read(in, versions);
            book.withheld.put(alert.getId(), alert);
        }
        int told = in.readInt();
        for (int i = 0; i < told; i++) {
            Alert alert = EventFormats.ALERT.read(in, versions);
            book.told.put(alert.getId(), alert);
        }
        int known = in.readInt();
        for (int i = 0; i < known; i++) {
            book.known.put(in.readUTF(), new Known(in.readBoolean(), in.readBoolean()));
        }
        return book;
    }
}
