package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.detect.MedianBlock;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventFormats;
import io.pidstream.event.Fleet;
import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the assets of a fleet have in common: which assets there are, the block of a typical asset,
 * and the fleet alerts that replaced alerts of single assets.
 *
 * <p>If assets live long enough to be monitored individually, the fleet's own series is the median
 * over their blocks: a fault of a few assets does not move it, while a change of all moves it at
 * least as early as any single one. If they do not, for example machines that fail after one block,
 * the series is the blocks of all their rows pooled.
 *
 * <p>Not thread-safe.
 */
public final class FleetBook {
    static final Format<FleetBook> FORMAT =
            Formats.ofMutable(
                    Part.of(
                            "alert/fleet-book",
                            3,
                            BlockStatistics.FORMAT.part(),
                            EventFormats.ALERT.part(),
                            Openings.PART),
                    FleetBook.class,
                    FleetBook::writeTo,
                    FleetBook::readFrom);

    /** With fewer assets there is no typical one. */
    private static final int LEAST_ASSETS = 3;

    /** Number of blocks per asset. */
    private final TreeMap<String, Integer> blocks = new TreeMap<>();

    /** The newest blocks since the last median. */
    private final TreeMap<String, BlockStatistics> newest = new TreeMap<>();

    /** Fleet alerts that replaced those of several assets, by subject. */
    private final TreeMap<String, Merged> merged = new TreeMap<>();

    private final Openings openings = new Openings();

    private boolean pooled = true;

    /**
     * @param key key of the detector
     * @param members assets whose alerts it replaced and that are still shifted
     * @param opened number of members when it opened
     * @param over whether its end has been emitted; the entry is kept so that the ends of its last
     *     members are not emitted
     */
    record Merged(Alert alert, String key, TreeSet<String> members, int opened, boolean over) {}

    /** Number of assets that have had a block, at least 1. */
    int assets() {
        return Math.max(1, blocks.size());
    }

    /**
     * Whether the fleet is monitored by pooled blocks, which holds until assets have lived long
     * enough.
     */
    boolean isPooled() {
        return pooled;
    }

    /**
     * Takes a block of an asset.
     *
     * @return whether the fleet is monitored by medians from now on, which is a new series
     */
    boolean add(BlockStatistics block) {
        blocks.merge(block.asset(), 1, Integer::sum);
        newest.put(block.asset(), block);
        long old = living();
        if (pooled && old >= 2 && 2 * old >= blocks.size()) {
            pooled = false;
            newest.clear();
            return true;
        }
        return false;
    }

    private long living() {
        return blocks.values().stream().filter(count -> count > 1).count();
    }

    /** The median block, once half of the assets have had a block since the last median. */
    Optional<BlockStatistics> round() {
        if (!hasRounds() || newest.isEmpty() || 2L * newest.size() < living()) {
            return Optional.empty();
        }
        BlockStatistics median = MedianBlock.of(Fleet.NAME, newest.values());
        newest.clear();
        return Optional.of(median);
    }

    /** Whether the fleet is monitored by median blocks. */
    boolean hasRounds() {
        return !pooled && blocks.size() >= LEAST_ASSETS;
    }

    /** Alerts of single assets that may turn into a fleet alert. */
    Openings openings() {
        return openings;
    }

    /** Whether an open fleet alert already reports the same. */
    boolean covers(Alert alert, Collection<Alert> ofFleet) {
        return merged.values().stream().anyMatch(m -> !m.over() && isSame(m.alert(), alert))
                || ofFleet.stream().anyMatch(fleet -> isSame(fleet, alert));
    }

    private static boolean isSame(Alert fleet, Alert asset) {
        return about(fleet).equals(about(asset));
    }

    /** The subject of an alert, without asset and time. */
    static String about(Alert alert) {
        return String.join(
                "/",
                alert.getKind(),
                String.valueOf(alert.getModality()),
                String.valueOf(alert.getChannel()),
                String.valueOf(alert.getDirection()));
    }

    /** Number of alerts on the same subject in one round from which they become one fleet alert. */
    int many() {
        return assets() == 2 ? 2 : Math.max(LEAST_ASSETS, (assets() + 1) / 2);
    }

    /** Replaces the alerts of several assets by one fleet alert. */
    Alert merge(String key, List<Alert> alerts) {
        Alert first =
                Collections.min(
                        alerts,
                        Comparator.comparing(Alert::getChangeTime).thenComparing(Alert::getAsset));
        Alert fleet = AlertRecords.ofFleet(first, alerts.size(), assets());
        TreeSet<String> members = new TreeSet<>();
        alerts.forEach(alert -> members.add(alert.getAsset()));
        merged.put(about(fleet), new Merged(fleet, key, members, members.size(), false));
        return fleet;
    }

    /**
     * Ends a fleet alert whose state is expected; null if there is none that is not over, or it is
     * of stalls.
     */
    Merged expect(String id) {
        for (Merged of : merged.values()) {
            if (of.alert().getId().equals(id) && !of.over() && !of.key().isEmpty()) {
                merged.remove(about(of.alert()));
                return of;
            }
        }
        return null;
    }

    /** Removes an asset from a fleet alert; returns the fleet alerts that end because of that. */
    List<Alert> over(String asset, String about) {
        Merged of = merged.get(about);
        if (of == null || !of.members().remove(asset)) {
            return List.of();
        }
        if (of.members().isEmpty()) {
            merged.remove(about);
        }
        if (of.over() || 2 * of.members().size() > of.opened()) {
            return List.of();
        }
        if (!of.members().isEmpty()) {
            merged.put(about, new Merged(of.alert(), of.key(), of.members(), of.opened(), true));
        }
        return List.of(of.alert());
    }

    Collection<Merged> merged() {
        return merged.values();
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(pooled);
        out.writeInt(blocks.size());
        for (var entry : blocks.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue());
        }
        out.writeInt(newest.size());
        for (BlockStatistics block : newest.values()) {
            BlockStatistics.FORMAT.write(block, out);
        }
        out.writeInt(merged.size());
        for (var entry : merged.entrySet()) {
            out.writeUTF(entry.getKey());
            Merged m = entry.getValue();
            EventFormats.ALERT.write(m.alert(), out);
            out.writeUTF(m.key());
            out.writeInt(m.opened());
            out.writeBoolean(m.over());
            out.writeInt(m.members().size());
            for (String member : m.members()) {
                out.writeUTF(member);
            }
        }
        openings.writeTo(out);
    }

    private static FleetBook readFrom(DataInput in, Versions versions) throws IOException {
        FleetBook book = new FleetBook();
        book.pooled = in.readBoolean();
        int assets = in.readInt();
        for (int i = 0; i < assets; i++) {
            book.blocks.put(in.readUTF(), in.readInt());
        }
        int waiting = in.readInt();
        for (int i = 0; i < waiting; i++) {
            BlockStatistics block = BlockStatistics.FORMAT.read(in, versions);
            book.newest.put(block.asset(), block);
        }
        int alerts = in.readInt();
        for (int i = 0; i < alerts; i++) {
            String about = in.readUTF();
            Alert alert = EventFormats.ALERT.read(in, versions);
            String key = in.readUTF();
            int opened = in.readInt();
            boolean over = in.readBoolean();
            int count = in.readInt();
            List<String> members = new ArrayList<>();
            for (int m = 0; m < count; m++) {
                members.add(in.readUTF());
            }
            book.merged.put(about, new Merged(alert, key, new TreeSet<>(members), opened, over));
        }
        book.openings.readFrom(in, versions);
        return book;
    }
}
