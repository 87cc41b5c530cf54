package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.Budget;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Fleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides what to tell of one instant: the fleet is looked at first, then the assets; what the
 * fleet's alert tells is not told again of each asset, and what opens with many assets becomes one
 * alert of the fleet. Because their blocks end at different times, what opens with an asset waits
 * until the fleet has been looked at again, for one block at most; and what has been told of a few
 * a short time before the fleet's alert is closed, since that stands for it.
 */
final class AlertDesk {
    /** Where the monitors of every asset, and of the fleet, are kept. */
    interface Monitors {
        /** Null for none yet. */
        AssetMonitors get(String asset) throws Exception;

        void put(String asset, AssetMonitors monitors) throws Exception;
    }

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
     * Takes all that belongs to one instant.
     *
     * @param now milliseconds since 1970
     * @param blocks by asset; those of the fleet come first
     * @param stalls openings and ends of stalls, by asset
     * @return transitions in the order in which they are told
     */
    List<Alert> accept(long now, List<BlockStatistics> blocks, List<Alert> stalls)
            throws Exception {
        List<Alert> told = new ArrayList<>();
        List<BlockStatistics> ofAssets = new ArrayList<>();
        for (BlockStatistics block : blocks) {
            if (!Fleet.is(block.asset())) {
                ofAssets.add(block);
            } else if (book.isPooled() && block.assets() > 1) {
                fleet(block, true, told);
            }
        }
        for (BlockStatistics block : ofAssets) {
            if (book.add(block)) {
                renewFleet(block, told);
            }
        }
        var median = book.round();
        if (median.isPresent()) {
            fleet(median.get(), false, told);
        }
        for (BlockStatistics block : ofAssets) {
            asset(block, told);
        }
        tell(now, median.isPresent() || !book.hasRounds(), told);
        List<Alert> stalled = new ArrayList<>();
        for (Alert stall : stalls) {
            if (stall.getState() == AlertState.OPEN) {
                stalled.add(stall);
            } else {
                ended(stall.getAsset(), stall, told);
            }
        }
        tellOfStalls(stalled, told);
        return told;
    }

    private void fleet(BlockStatistics block, boolean pooled, List<Alert> told) throws Exception {
        AssetMonitors fleet = monitors(Fleet.NAME);
        for (var transition : fleet.accept(block, pooled, budget(), records)) {
            told.add(transition.alert());
        }
        excess = Math.max(excess, fleet.excess());
    }

    /** From now on the fleet's series is another one. */
    private void renewFleet(BlockStatistics block, List<Alert> told) throws Exception {
        for (Alert alert : monitors(Fleet.NAME).open()) {
            told.add(
                    AlertRecords.resolved(
                            alert,
                            Instant.ofEpochMilli(block.known()),
                            "its assets are watched one by one from now on"));
        }
        used.put(Fleet.NAME, fresh());
    }

    private void asset(BlockStatistics block, List<Alert> told) throws Exception {
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
                if (opening != null && !opening.told()) {
                    alert.setOpenedAt(alert.getResolvedAt());
                    told.add(
                            Alert.newBuilder(opening.alert())
                                    .setOpenedAt(alert.getResolvedAt())
                                    .build());
                }
                told.add(alert);
            }
        }
        for (FleetBook.Merged m : merged) {
            String about = FleetBook.about(m.alert());
            if (shiftedBefore.getOrDefault(about, false) && !asset.isShifted(m.key())) {
                over(block.asset(), about, Instant.ofEpochMilli(block.known()), told);
            }
        }
        excess = Math.max(excess, asset.excess());
    }

    /** The end of a stall: of one that was told, or of one for which the fleet's stands. */
    private void ended(String asset, Alert stall, List<Alert> told) {
        String about = FleetBook.about(stall);
        boolean member =
                book.merged().stream()
                        .anyMatch(
                                m ->
                                        FleetBook.about(m.alert()).equals(about)
                                                && m.members().contains(asset));
        if (member) {
            over(asset, about, stall.getResolvedAt(), told);
        } else {
            told.add(stall);
        }
    }

    private void over(String asset, String about, Instant now, List<Alert> told) {
        for (Alert alert : book.over(asset, about)) {
            told.add(AlertRecords.resolved(alert, now, "it is over for half of the assets"));
        }
    }

    /** Of openings that are about the same: one alert for all of them, or each of its own. */
    private void tell(long now, boolean looked, List<Alert> told) throws Exception {
        Openings openings = book.openings();
        openings.forget(now);
        for (String about : openings.abouts()) {
            List<Openings.Opening> same = openings.about(about);
            Alert first = same.get(0).alert();
            if (book.covers(first, monitors(Fleet.NAME).open())) {
                replace(same, now, told);
            } else if (same.size() >= book.many()) {
                List<Alert> alerts = same.stream().map(Openings.Opening::alert).toList();
                Alert fleet = book.merge(same.get(0).key(), alerts);
                fleet.setOpenedAt(Instant.ofEpochMilli(now));
                told.add(fleet);
                replace(same, now, told);
            } else {
                for (Openings.Opening opening : same) {
                    if (!opening.told() && (looked || opening.until() <= now)) {
                        Instant at = Instant.ofEpochMilli(now);
                        Alert alert = monitors(opening.asset()).told(opening.key(), at);
                        told.add(alert);
                        openings.told(opening, alert, now);
                    }
                }
            }
        }
    }

    /** The fleet's alert stands for them. */
    private void replace(List<Openings.Opening> same, long now, List<Alert> told) throws Exception {
        for (Openings.Opening opening : same) {
            monitors(opening.asset()).hush(opening.key());
            book.openings().remove(opening.asset(), opening.key());
            if (opening.told()) {
                told.add(
                        AlertRecords.resolved(
                                opening.alert(),
                                Instant.ofEpochMilli(now),
                                "the alert of the whole fleet stands for it from now on"));
            }
        }
    }

    private void tellOfStalls(List<Alert> stalled, List<Alert> told) {
        Map<String, List<Alert>> byAbout = new TreeMap<>();
        for (Alert stall : stalled) {
            byAbout.computeIfAbsent(FleetBook.about(stall), about -> new ArrayList<>()).add(stall);
        }
        for (List<Alert> same : byAbout.values()) {
            if (same.size() >= book.many()) {
                told.add(book.merge("", same));
            } else {
                told.addAll(same);
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

    /** Puts back what was changed. */
    void save() throws Exception {
        for (var entry : used.entrySet()) {
            kept.put(entry.getKey(), entry.getValue());
        }
    }

    /** The strongest evidence for a shift of contributions seen, beyond the threshold; ln. */
    double excess() {
        return excess;
    }
}
