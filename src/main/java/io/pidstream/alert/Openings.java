package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.event.EventFormats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * New alerts of single assets that are held until the fleet has been checked, and those emitted
 * recently. Blocks of different assets end at different times, so a change found at one asset
 * shortly before the others may turn out to be fleet-wide.
 *
 * <p>Not thread-safe.
 */
final class Openings {
    static final Part PART = Part.of("alert/openings", 1, EventFormats.ALERT.part());

    /** For this many blocks after its emission an alert may be merged into a fleet alert. */
    private static final int RECENT_BLOCKS = 2;

    /** By asset, then by key. */
    private final TreeMap<String, TreeMap<String, Opening>> byAsset = new TreeMap<>();

    /**
     * @param key key of the detector
     * @param until latest time of emission or, once emitted, the time at which it is dropped here;
     *     milliseconds since 1970
     * @param blockMillis duration of a block of the asset
     */
    record Opening(String key, Alert alert, long until, long blockMillis, boolean emitted) {
        String asset() {
            return alert.getAsset();
        }
    }

    /** Holds an alert that has not been emitted, for at most one block. */
    void hold(String key, Alert alert, long now, long blockMillis) {
        put(new Opening(key, alert, now + blockMillis, blockMillis, false));
    }

    /**
     * Marks an opening as emitted.
     *
     * @param alert the alert as emitted
     */
    void emitted(Opening opening, Alert alert, long now) {
        long millis = opening.blockMillis();
        long until = now + RECENT_BLOCKS * millis;
        put(new Opening(opening.key(), alert, until, millis, true));
    }

    private void put(Opening opening) {
        byAsset.computeIfAbsent(opening.asset(), a -> new TreeMap<>()).put(opening.key(), opening);
    }

    /** Removes an opening; null if there is none. */
    Opening remove(String asset, String key) {
        TreeMap<String, Opening> ofAsset = byAsset.get(asset);
        if (ofAsset == null) {
            return null;
        }
        Opening removed = ofAsset.remove(key);
        if (ofAsset.isEmpty()) {
            byAsset.remove(asset);
        }
        return removed;
    }

    /** Whether an opening has not been emitted. */
    boolean isHeld(String asset, String key) {
        Opening opening = byAsset.getOrDefault(asset, new TreeMap<>()).get(key);
        return opening != null && !opening.emitted();
    }

    /** Drops those that were emitted too long ago to be merged. */
    void forget(long now) {
        for (Opening opening : all()) {
            if (opening.emitted() && opening.until() < now) {
                remove(opening.asset(), opening.key());
            }
        }
    }

    /** All openings in the order of assets. */
    private List<Opening> all() {
        return byAsset.values().stream().flatMap(of -> of.values().stream()).toList();
    }

    /** Their distinct subjects, sorted. */
    TreeSet<String> abouts() {
        TreeSet<String> abouts = new TreeSet<>();
        all().forEach(opening -> abouts.add(FleetBook.about(opening.alert())));
        return abouts;
    }

    /** Openings with the same subject, in the order of assets. */
    List<Opening> about(String about) {
        return all().stream().filter(o -> FleetBook.about(o.alert()).equals(about)).toList();
    }

    /** Latest time of emission of the next opening. */
    OptionalLong nextDue() {
        return all().stream().filter(o -> !o.emitted()).mapToLong(Opening::until).min();
    }

    void writeTo(DataOutput out) throws IOException {
        List<Opening> all = all();
        out.writeInt(all.size());
        for (Opening opening : all) {
            out.writeUTF(opening.key());
            EventFormats.ALERT.write(opening.alert(), out);
            out.writeLong(opening.until());
            out.writeLong(opening.blockMillis());
            out.writeBoolean(opening.emitted());
        }
    }

    void readFrom(DataInput in, Versions versions) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            put(
                    new Opening(
                            in.readUTF(),
                            EventFormats.ALERT.read(in, versions),
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean()));
        }
    }
}
