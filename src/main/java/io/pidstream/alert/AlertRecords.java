package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.ContributionMonitor;
import io.pidstream.detect.Contributions;
import io.pidstream.detect.ErrorMonitor;
import io.pidstream.detect.Measures;
import io.pidstream.detect.Sample;
import io.pidstream.detect.Shift;
import io.pidstream.detect.ShiftMonitor;
import io.pidstream.event.BlockStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Makes the Avro records of alerts: what happened in words, and the numbers behind it. */
final class AlertRecords {
    static final String FLEET = "*";

    private static final DoubleUnaryOperator AS_IS = DoubleUnaryOperator.identity();
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final AlertSettings settings;

    AlertRecords(AlertSettings settings) {
        this.settings = settings;
    }

    /** Of a shift of contributions that has just opened. */
    Alert contributionShift(BlockStatistics block, ContributionMonitor contributions) {
        ShiftMonitor monitor = contributions.monitor();
        Contributions columns = contributions.columns();
        Shift shift = contributions.shift();
        Sample before = monitor.before();
        Sample after = monitor.after();
        String modality = settings.modalities().get(shift.modality());
        double rho = monitor.correlation(Math.min(shift.modality(), columns.tested() - 1));
        List<AlertMeasure> measures = new ArrayList<>();
        measures.add(share(columns, before, after, shift.modality(), rho));
        for (int m = 0; m < columns.modalities(); m++) {
            String name = settings.modalities().get(m);
            if (m != shift.modality()) {
                measures.add(share(columns, before, after, m, rho));
            }
            measures.add(
                    Measures.of(
                            "contribution." + name,
                            "bit",
                            before,
                            after,
                            columns.shapley(m),
                            rho,
                            AS_IS));
        }
        for (int mask = 1; mask <= columns.all(); mask++) {
            measures.add(
                    Measures.of(
                            "information." + subset(mask),
                            "bit",
                            before,
                            after,
                            columns.information(mask),
                            rho,
                            AS_IS));
        }
        int error = columns.absoluteError();
        if (!Double.isNaN(before.mean(error)) && !Double.isNaN(after.mean(error))) {
            measures.add(Measures.of("error", "", before, after, error, rho, AS_IS));
        }
        double suffering = Shift.z(before, after, columns.logError());
        Boolean suffered = Double.isNaN(suffering) ? null : (Boolean) (suffering > 2);
        Alert alert =
                open(
                        AlertKind.CONTRIBUTION_SHIFT,
                        block,
                        modality,
                        null,
                        shift.up() ? UP : DOWN,
                        monitor,
                        AlertText.contributionShift(
                                settings, block.asset(), columns, shift, before, after, suffered));
        alert.setCause(shift.cause().name());
        alert.setMeasures(measures);
        alert.setPredictionsSuffered(suffered);
        alert.setBlocks(Measures.blocks(monitor, columns.share(shift.modality()), AS_IS));
        return alert;
    }

    private AlertMeasure share(
            Contributions columns, Sample before, Sample after, int m, double rho) {
        return Measures.of(
                "share." + settings.modalities().get(m),
                "1",
                before,
                after,
                columns.share(m),
                rho,
                AS_IS);
    }

    private String subset(int mask) {
        List<String> names = new ArrayList<>();
        for (int m = 0; m < settings.modalities().size(); m++) {
            if ((mask >> m & 1) != 0) {
                names.add(settings.modalities().get(m));
            }
        }
        return String.join("+", names);
    }

    /** Of predictions that have become worse. */
    Alert modelRegressed(BlockStatistics block, ErrorMonitor errors) {
        ShiftMonitor monitor = errors.monitor();
        AlertMeasure error =
                Measures.of(
                        "error",
                        "",
                        monitor.before(),
                        monitor.after(),
                        ErrorMonitor.ABSOLUTE,
                        monitor.correlation(0),
                        AS_IS);
        Alert alert =
                open(
                        AlertKind.MODEL_REGRESSED,
                        block,
                        null,
                        null,
                        UP,
                        monitor,
                        AlertText.modelRegressed(
                                settings, block.asset(), error, changeOf(monitor)));
        alert.setMeasures(List.of(error));
        alert.setPredictionsSuffered(true);
        alert.setBlocks(Measures.blocks(monitor, ErrorMonitor.ABSOLUTE, AS_IS));
        return alert;
    }

    /** Of a channel that does not move any more. */
    Alert channelFrozen(BlockStatistics block, int channel, ShiftMonitor monitor) {
        DoubleUnaryOperator amplitude = log -> StrictMath.exp(log / 2);
        AlertMeasure movement =
                Measures.of("movement", "", monitor.before(), monitor.after(), 1, 0, amplitude);
        String name = settings.channels().get(channel);
        String modality = name.substring(0, name.indexOf('.'));
        Alert alert =
                open(
                        AlertKind.CHANNEL_FROZEN,
                        block,
                        modality,
                        name,
                        DOWN,
                        monitor,
                        AlertText.channelFrozen(block.asset(), name, movement, changeOf(monitor)));
        alert.setMeasures(List.of(movement));
        alert.setBlocks(Measures.blocks(monitor, 1, amplitude));
        return alert;
    }

    private Alert open(
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
                null);
    }

    private static Instant changeOf(ShiftMonitor monitor) {
        return Instant.ofEpochMilli(monitor.rows().get(monitor.change()).start());
    }

    /** The same in every replay: of what the alert is about, and of nothing else. */
    static String id(AlertKind kind, String asset, String about, Instant change) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return name + "/" + asset + (about == null ? "" : "/" + about) + "/" + change;
    }

    /** Of a modality that is silent. */
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

    /** One alert of the fleet in the place of those of several assets. */
    static Alert ofFleet(Alert first, int count, int assets) {
        Alert fleet = Alert.newBuilder(first).build();
        fleet.setAsset(FLEET);
        AlertKind kind = AlertKind.valueOf(first.getKind());
        String about = first.getChannel() != null ? first.getChannel() : first.getModality();
        fleet.setId(id(kind, FLEET, about, first.getChangeTime()));
        fleet.setMessage(
                "%d of %d assets at once, for example %s"
                        .formatted(count, assets, first.getMessage()));
        Map<String, Double> evidence = new LinkedHashMap<>(first.getEvidence());
        evidence.put("assets", (double) count);
        fleet.setEvidence(evidence);
        return fleet;
    }
}
