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
 * Openings of alerts of single assets that wait until the fleet has been looked at, and those that
 * have been told lately. Blocks of assets end at different times: what is found in one a little
 * before the others may be the fleet's.
 *
 * <p>Not thread-safe.
 */
final class Openings {
    static final Part PART = Part.of("alert/openings", 1, EventFormats.ALERT.part());

    /** For this many blocks after it was told an alert may become part of the fleet's. */
    private static final int RECENT_BLOCKS = 2;

    /** By asset, then by key. */
    private final TreeMap<String, TreeMap<String, Opening>> byAsset = new TreeMap<>();

    /**
     * @param key what it is about, within its asset
     * @param until when it is told at the latest; of one that has been told, when it is forgotten
     *     here; milliseconds since 1970
     * @param blockMillis how long a block of the asset lasts
     */
    record Opening(String key, Alert alert, long until, long blockMillis, boolean told) {
        String asset() {
            return alert.getAsset();
        }
    }

    /** Keeps one that has not been told for the time of a block at most. */
    void hold(String key, Alert alert, long now, long blockMillis) {
        put(new Opening(key, alert, now + blockMillis, blockMillis, false));
    }

    /**
     * It has been told.
     *
     * @param alert as it was told
     */
    void told(Opening opening, Alert alert, long now) {
        long millis = opening.blockMillis();
        long until = now + RECENT_BLOCKS * millis;
        put(new Opening(opening.key(), alert, until, millis, true));
    }

    private void put(Opening opening) {
        byAsset.computeIfAbsent(opening.asset(), a -> new TreeMap<>()).put(opening.key(), opening);
    }

    /** Takes one out; null if it is not here. */
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

    /** Forgets those that were told too long ago to be part of what is found now. */
    void forget(long now) {
        for (Opening opening : all()) {
            if (opening.told() && opening.until() < now) {
                remove(opening.asset(), opening.key());
            }
        }
    }

    /** In the order of assets. */
    private List<Opening> all() {
        return byAsset.values().stream().flatMap(of -> of.values().stream()).toList();
    }

    /** What they are about, each once, in order. */
    TreeSet<String> abouts() {
        TreeSet<String> abouts = new TreeSet<>();
        all().forEach(opening -> abouts.add(FleetBook.about(opening.alert())));
        return abouts;
    }

    /** Those that are about the same, in the order of assets. */
    List<Opening> about(String about) {
        return all().stream().filter(o -> FleetBook.about(o.alert()).equals(about)).toList();
    }

    /** When the next is to be told at the latest. */
    OptionalLong nextDue() {
        return all().stream().filter(o -> !o.told()).mapToLong(Opening::until).min();
    }

    void writeTo(DataOutput out) throws IOException {
        List<Opening> all = all();
        out.writeInt(all.size());
        for (Opening opening : all) {
            out.writeUTF(opening.key());
            EventFormats.ALERT.write(opening.alert(), out);
            out.writeLong(opening.until());
            out.writeLong(opening.blockMillis());
            out.writeBoolean(opening.told());
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
