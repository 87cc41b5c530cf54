package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.Budget;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Fleet;
import io.pidstream.stats.BrokenInvariant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which alerts to emit at one instant. The fleet is checked first, then the assets. An
 * asset does not repeat what a fleet alert already reports, and a change that opens at many assets
 * becomes one fleet alert. Blocks of different assets end at different times, so an asset's new
 * alert is held for at most one block until the fleet has been checked again. When a fleet alert
 * opens, recent alerts of single assets about the same change are closed: the fleet alert replaces
 * them.
 */
final class AlertDesk {
    /** Store of the monitors of every asset and of the fleet. */
    interface Monitors {
        /** Null if the asset has none yet. */
        AssetMonitors get(String asset) throws Exception;

        void put(String asset, AssetMonitors monitors) throws Exception;
    }

    private static final String EXPECTED = "expected; this level is the new reference";

    private final AlertSettings settings;
    private final FleetBook book;
    private final Monitors kept;
    private final AlertRecords records;
    private final Map<String, AssetMonitors> used = new TreeMap<>();
    private double excess = Double.NEGATIVE_INFINITY;

    AlertDesk(AlertSettings settings, FleetBook book, Monitors kept) {
        this.settings = settings;
        this.book = book;
        this.kept = kept;
        records = new AlertRecords(settings);
    }

    /**
     * Processes everything that belongs to one instant.
     *
     * @param now milliseconds since 1970
     * @param blocks sorted by asset; those of the fleet come first
     * @param stalls openings and ends of stalls, sorted by asset
     * @return transitions in the order in which they are emitted
     */
    List<Alert> accept(long now, List<BlockStatistics> blocks, List<Alert> stalls)
            throws Exception {
        requireOrder(blocks);
        List<Alert> emitted = new ArrayList<>();
        List<BlockStatistics> ofAssets = new ArrayList<>();
        for (BlockStatistics block : blocks) {
            if (!Fleet.is(block.asset())) {
                ofAssets.add(block);
            } else if (book.isPooled() && block.assets() > 1) {
                fleet(block, true, emitted);
            }
        }
        for (BlockStatistics block : ofAssets) {
            if (book.add(block)) {
                renewFleet(block, emitted);
            }
        }
        var median = book.round();
        if (median.isPresent()) {
            fleet(median.get(), false, emitted);
        }
        for (BlockStatistics block : ofAssets) {
            asset(block, emitted);
        }
        emit(now, median.isPresent() || !book.hasRounds(), emitted);
        List<Alert> stalled = new ArrayList<>();
        for (Alert stall : stalls) {
            if (stall.getState() == AlertState.OPEN) {
                stalled.add(stall);
            } else {
                ended(stall.getAsset(), stall, emitted);
            }
        }
        emitStalls(stalled, emitted);
        return emitted;
    }

    /**
     * Takes the state that an alert told of as the reference, and resolves the alert. Silence is no
     * level: an expected stall ends as the data resumes.
     *
     * @param expected in their order
     * @return the alerts that are over by that
     */
    List<Alert> expect(long now, List<AlertAction> expected) throws Exception {
        List<Alert> emitted = new ArrayList<>();
        Instant at = Instant.ofEpochMilli(now);
        for (AlertAction action : expected) {
            String id = action.getAlert();
            AssetMonitors monitors = kept.get(action.getAsset());
            if (monitors != null) {
                monitors = monitors(action.getAsset());
                String key = monitors.keyOf(id);
                if (key != null && !book.openings().isHeld(action.getAsset(), key)) {
                    monitors.settle(key);
                    book.openings().remove(action.getAsset(), key);
                    emitted.add(AlertRecords.resolved(monitors.remove(key), at, EXPECTED));
                    continue;
                }
            }
            FleetBook.Merged merged = book.expect(id);
            if (merged != null) {
                for (String member : merged.members()) {
                    monitors(member).settle(merged.key());
                }
                emitted.add(AlertRecords.resolved(merged.alert(), at, EXPECTED));
            }
        }
        return emitted;
    }

    private static void requireOrder(List<BlockStatistics> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            String before = blocks.get(i - 1).asset();
            String asset = blocks.get(i).asset();
            if (before.compareTo(asset) > 0) {
                throw new BrokenInvariant(
                        "the block of asset %s comes after that of %s; expected the order of names",
                        asset, before);
            }
        }
    }

    private void fleet(BlockStatistics block, boolean pooled, List<Alert> emitted)
            throws Exception {
        AssetMonitors fleet = monitors(Fleet.NAME);
        for (var transition : fleet.accept(block, pooled, budget(), records)) {
            emitted.add(transition.alert());
        }
        excess = Math.max(excess, fleet.excess());
    }

    /** Restarts the fleet's monitors: from now on they see a different series. */
    private void renewFleet(BlockStatistics block, List<Alert> emitted) throws Exception {
        for (Alert alert : monitors(Fleet.NAME).open()) {
            emitted.add(
                    AlertRecords.resolved(
                            alert,
                            Instant.ofEpochMilli(block.known()),
                            "assets are now monitored individually"));
        }
        used.put(Fleet.NAME, fresh());
    }

    private void asset(BlockStatistics block, List<Alert> emitted) throws Exception {
        AssetMonitors asset = monitors(block.asset());
        Map<String, Boolean> shiftedBefore = new TreeMap<>();
        for (FleetBook.Merged m : book.merged()) {
            if (m.key() != null && !m.key().isEmpty() && m.members().contains(block.asset())) {
                shiftedBefore.put(FleetBook.about(m.alert()), asset.isShifted(m.key()));
            }
        }
        List<FleetBook.Merged> merged = List.copyOf(book.merged());
        for (var transition : asset.accept(block, false, budget(), records)) {
            Alert alert = transition.alert();
            if (alert.getState() == AlertState.OPEN) {
                long millis = Math.max(1, block.end() - block.start());
                book.openings().hold(transition.key(), alert, block.known(), millis);
            } else {
                var opening = book.openings().remove(block.asset(), transition.key());
                if (opening != null && !opening.emitted()) {
                    alert.setOpenedAt(alert.getResolvedAt());
                    emitted.add(
                            Alert.newBuilder(opening.alert())
                                    .setOpenedAt(alert.getResolvedAt())
                                    .build());
                }
                emitted.add(alert);
            }
        }
        for (FleetBook.Merged m : merged) {
            String about = FleetBook.about(m.alert());
            if (shiftedBefore.getOrDefault(about, false) && !asset.isShifted(m.key())) {
                over(block.asset(), about, Instant.ofEpochMilli(block.known()), emitted);
            }
        }
        excess = Math.max(excess, asset.excess());
    }

    /** The end of a stall that was emitted, or that a fleet alert has replaced. */
    private void ended(String asset, Alert stall, List<Alert> emitted) {
        String about = FleetBook.about(stall);
        boolean member =
                book.merged().stream()
                        .anyMatch(
                                m ->
                                        FleetBook.about(m.alert()).equals(about)
                                                && m.members().contains(asset));
        if (member) {
            over(asset, about, stall.getResolvedAt(), emitted);
        } else {
            emitted.add(stall);
        }
    }

    private void over(String asset, String about, Instant now, List<Alert> emitted) {
        for (Alert alert : book.over(asset, about)) {
            emitted.add(AlertRecords.resolved(alert, now, "ended for half of the assets"));
        }
    }

    /** Emits one fleet alert for openings about the same change, or one alert each. */
    private void emit(long now, boolean fleetChecked, List<Alert> emitted) throws Exception {
        Openings openings = book.openings();
        openings.forget(now);
        for (String about : openings.abouts()) {
            List<Openings.Opening> same = openings.about(about);
            Alert first = same.get(0).alert();
            if (book.covers(first, monitors(Fleet.NAME).open())) {
                replace(same, now, emitted);
            } else if (same.size() >= book.many()) {
                List<Alert> alerts = same.stream().map(Openings.Opening::alert).toList();
                Alert fleet = book.merge(same.get(0).key(), alerts);
                fleet.setOpenedAt(Instant.ofEpochMilli(now));
                emitted.add(fleet);
                replace(same, now, emitted);
            } else {
                for (Openings.Opening opening : same) {
                    if (!opening.emitted() && (fleetChecked || opening.until() <= now)) {
                        Instant at = Instant.ofEpochMilli(now);
                        Alert alert = monitors(opening.asset()).emitted(opening.key(), at);
                        emitted.add(alert);
                        openings.emitted(opening, alert, now);
                    }
                }
            }
        }
    }

    /** Replaces alerts of single assets by the fleet alert. */
    private void replace(List<Openings.Opening> same, long now, List<Alert> emitted)
            throws Exception {
        for (Openings.Opening opening : same) {
            monitors(opening.asset()).suppress(opening.key());
            book.openings().remove(opening.asset(), opening.key());
            if (opening.emitted()) {
                emitted.add(
                        AlertRecords.resolved(
                                opening.alert(),
                                Instant.ofEpochMilli(now),
                                "replaced by the alert of the whole fleet"));
            }
        }
    }

    private void emitStalls(List<Alert> stalled, List<Alert> emitted) {
        Map<String, List<Alert>> byAbout = new TreeMap<>();
        for (Alert stall : stalled) {
            byAbout.computeIfAbsent(FleetBook.about(stall), about -> new ArrayList<>()).add(stall);
        }
        for (List<Alert> same : byAbout.values()) {
            if (same.size() >= book.many()) {
                emitted.add(book.merge("", same));
            } else {
                emitted.addAll(same);
            }
        }
    }

    private Budget budget() {
        return new Budget(settings.meanTimeBetweenFalseAlarms(), book.assets());
    }

    private AssetMonitors monitors(String asset) throws Exception {
        AssetMonitors monitors = used.get(asset);
        if (monitors == null) {
            monitors = kept.get(asset);
            monitors = monitors == null ? fresh() : monitors;
            used.put(asset, monitors);
        }
        return monitors;
    }

    private AssetMonitors fresh() {
        return new AssetMonitors(
                settings.modalities().size(), settings.channels().size(), settings.smallestShift());
    }

    /** Writes the changed monitors back to the store. */
    void save() throws Exception {
        for (var entry : used.entrySet()) {
            kept.put(entry.getKey(), entry.getValue());
        }
    }

    /** Log of the strongest evidence for a contribution shift, minus the log threshold. */
    double excess() {
        return excess;
    }
}
