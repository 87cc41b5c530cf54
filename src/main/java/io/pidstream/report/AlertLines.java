package io.pidstream.report;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertBlock;
import io.pidstream.event.AlertKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The alerts of a run as text: one sentence each, and a line that shows the blocks. Stalls come
 * last; if there are many, only their number per modality and asset.
 */
final class AlertLines {
    private static final int MOST = 20;
    private static final int FEW_STALLS = 6;
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private AlertLines() {}

    static String of(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return String.format("%n  no alerts%n");
        }
        StringBuilder text = new StringBuilder();
        text.append("%n  %d alert%s%n".formatted(alerts.size(), alerts.size() == 1 ? "" : "s"));
        List<Alert> shifts = alerts.stream().filter(alert -> !isStall(alert)).toList();
        List<Alert> stalls = alerts.stream().filter(AlertLines::isStall).toList();
        shifts.stream().limit(MOST).forEach(alert -> append(text, alert));
        if (shifts.size() > MOST) {
            text.append("    … and %d more; --json has all%n".formatted(shifts.size() - MOST));
        }
        if (stalls.size() > FEW_STALLS) {
            counts(text, stalls);
        } else {
            stalls.forEach(alert -> append(text, alert));
        }
        return text.toString();
    }

    private static boolean isStall(Alert alert) {
        return AlertKind.MODALITY_STALLED.isOf(alert);
    }

    private static void counts(StringBuilder text, List<Alert> stalls) {
        text.append(
                "    %s, %d times; --json has all%n"
                        .formatted(AlertKind.MODALITY_STALLED, stalls.size()));
        var byModality = new TreeMap<String, List<Alert>>();
        for (Alert stall : stalls) {
            String of = stall.getModality() + " of " + stall.getAsset();
            byModality.computeIfAbsent(of, o -> new ArrayList<>()).add(stall);
        }
        byModality.forEach(
                (of, same) -> {
                    boolean open = same.stream().anyMatch(stall -> stall.getResolvedAt() == null);
                    text.append(
                            "      %s: %d, the last at %s%s%n"
                                    .formatted(
                                            of,
                                            same.size(),
                                            same.get(same.size() - 1).getChangeTime(),
                                            open ? ", still silent" : ""));
                });
    }

    private static void append(StringBuilder text, Alert alert) {
        boolean open = alert.getResolvedAt() == null;
        text.append(
                "    %s %s  changed %s, found %s%s%n"
                        .formatted(
                                alert.getKind(),
                                alert.getState(),
                                alert.getChangeTime(),
                                alert.getOpenedAt(),
                                open ? "" : ", over " + alert.getResolvedAt()));
        text.append("      %s%n".formatted(alert.getMessage()));
        if (!open) {
            text.append("      Over: %s.%n".formatted(alert.getResolution()));
        }
        if (alert.getBlocks().size() > 1 && !alert.getMeasures().isEmpty()) {
            text.append(
                    "      %s  %s by block, │ the change%n"
                            .formatted(
                                    sparkline(alert.getBlocks()),
                                    alert.getMeasures().get(0).getName()));
        }
    }

    static String sparkline(List<AlertBlock> blocks) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (AlertBlock block : blocks) {
            least = Math.min(least, block.getValue());
            most = Math.max(most, block.getValue());
        }
        StringBuilder line = new StringBuilder();
        boolean before = true;
        for (AlertBlock block : blocks) {
            if (before && block.getChanged()) {
                line.append('│');
                before = false;
            }
            double height = most > least ? (block.getValue() - least) / (most - least) : 0;
            line.append(BARS.charAt((int) Math.min(7, Math.floor(height * 8))));
        }
        return line.toString();
    }
}
