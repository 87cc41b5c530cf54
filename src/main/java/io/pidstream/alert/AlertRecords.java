package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.AlertKind;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.Fleet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Builds the Avro records of alerts: a sentence that says what happened, and its figures. */
final class AlertRecords {
    static final DoubleUnaryOperator AS_IS = DoubleUnaryOperator.identity();
    static final String UP = "UP";
    static final String DOWN = "DOWN";

    private final AlertSettings settings;

    AlertRecords(AlertSettings settings) {
        this.settings = settings;
    }

    AlertSettings settings() {
        return settings;
    }

    /**
     * An alert that has just opened.
     *
     * @param modality modality concerned; null for none
     * @param channel channel concerned, as modality.channel; null for none
     */
    Alert open(
            AlertKind kind,
            BlockStatistics block,
            String modality,
            String channel,
            String direction,
            ShiftMonitor monitor,
            String message) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        evidence.put("logDetector", monitor.evidence());
        evidence.put("logThreshold", monitor.threshold());
        evidence.put("blocksBefore", monitor.before().count(0));
        evidence.put("blocksSince", monitor.after().count(0));
        evidence.put("correlationOfBlocks", monitor.correlation(0));
        Instant change = changeOf(monitor);
        String about = channel != null ? channel : modality;
        return new Alert(
                id(kind, block.asset(), about, change),
                kind.name(),
                AlertState.OPEN,
                block.asset(),
                modality,
                direction,
                change,
                Instant.ofEpochMilli(block.known()),
                null,
                message,
                evidence,
                channel,
                null,
                List.of(),
                List.of(),
                null,
                block.modelVersion(),
                null,
                null,
                null,
                null,
                null);
    }

    /** Start of the open shift of a series. */
    static Instant changeOf(ShiftMonitor monitor) {
        return Instant.ofEpochMilli(monitor.rows().get(monitor.change()).start());
    }

    /**
     * Identifier that depends only on what the alert is about, so it is the same in every replay.
     */
    static String id(AlertKind kind, String asset, String about, Instant change) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name + "/" + asset + (about == null ? "" : "/" + about) + "/" + change;
    }

    /** Alert of a modality that sends no data. */
    Alert modalityStalled(String asset, String modality, Instant since, Instant now) {
        return new Alert(
                id(AlertKind.MODALITY_STALLED, asset, modality, since),
                AlertKind.MODALITY_STALLED.name(),
                AlertState.OPEN,
                asset,
                modality,
                DOWN,
                since,
                now,
                null,
                AlertText.modalityStalled(asset, modality, since),
                Map.of("silentSeconds", (now.toEpochMilli() - since.toEpochMilli()) / 1000.0),
                null,
                null,
                List.of(),
                List.of(),
                null,
                0L,
                null,
                null,
                null,
                null,
                null);
    }

    /** The end of an open alert. */
    static Alert resolved(Alert open, Instant now, String why) {
        Alert resolved = Alert.newBuilder(open).build();
        resolved.setState(AlertState.RESOLVED);
        resolved.setResolvedAt(now);
        resolved.setResolution(why);
        return resolved;
    }

    /** One fleet alert that replaces those of several assets. */
    static Alert ofFleet(Alert first, int count, int assets) {
        Alert fleet = Alert.newBuilder(first).build();
        fleet.setAsset(Fleet.NAME);
        AlertKind kind = AlertKind.of(first);
        String about = first.getChannel() != null ? first.getChannel() : first.getModality();
        fleet.setId(id(kind, Fleet.NAME, about, first.getChangeTime()));
        fleet.setMessage(
                "%d of %d assets at the same time; for example %s"
                        .formatted(count, assets, first.getMessage()));
        Map<String, Double> evidence = new LinkedHashMap<>(first.getEvidence());
        evidence.put("assets", (double) count);
        fleet.setEvidence(evidence);
        return fleet;
    }
}
