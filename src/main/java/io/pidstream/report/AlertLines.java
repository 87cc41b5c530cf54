package io.pidstream.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The alerts of a run, for a person: one sentence each, and a line that shows the blocks. Stalls
 * come last: where there are many, as a count for each modality of each asset.
 */
final class AlertLines {
    private static final int MOST = 20;
    private static final int FEW_STALLS = 6;
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private AlertLines() {}

    static String of(List<JsonNode> alerts) {
        if (alerts.isEmpty()) {
            return String.format("%n  no alerts%n");
        }
        StringBuilder text = new StringBuilder();
        text.append("%n  %d alert%s%n".formatted(alerts.size(), alerts.size() == 1 ? "" : "s"));
        List<JsonNode> shifts = alerts.stream().filter(alert -> !isStall(alert)).toList();
        List<JsonNode> stalls = alerts.stream().filter(AlertLines::isStall).toList();
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

    private static boolean isStall(JsonNode alert) {
        return alert.path("kind").asText().equals("MODALITY_STALLED");
    }

    private static void counts(StringBuilder text, List<JsonNode> stalls) {
        text.append("    MODALITY_STALLED, %d times; --json has all%n".formatted(stalls.size()));
        var byModality = new TreeMap<String, List<JsonNode>>();
        for (JsonNode stall : stalls) {
            String of = stall.path("modality").asText() + " of " + stall.path("asset").asText();
            byModality.computeIfAbsent(of, o -> new ArrayList<>()).add(stall);
        }
        byModality.forEach(
                (of, same) -> {
                    long open = same.stream().filter(s -> s.path("resolvedAt").isNull()).count();
                    text.append(
                            "      %s: %d, the last at %s%s%n"
                                    .formatted(
                                            of,
                                            same.size(),
                                            same.get(same.size() - 1).path("changeTime").asText(),
                                            open > 0 ? ", still silent" : ""));
                });
    }

    private static void append(StringBuilder text, JsonNode alert) {
        boolean open = alert.path("resolvedAt").isNull();
        text.append(
                "    %s %s  changed %s, found %s%s%n"
                        .formatted(
                                alert.path("kind").asText(),
                                alert.path("state").asText(),
                                alert.path("changeTime").asText(),
                                alert.path("openedAt").asText(),
                                open ? "" : ", over " + alert.path("resolvedAt").asText()));
        text.append("      %s%n".formatted(alert.path("message").asText()));
        if (!open) {
            text.append("      Over: %s.%n".formatted(alert.path("resolution").asText()));
        }
        if (alert.path("blocks").size() > 1) {
            text.append(
                    "      %s  %s by block, │ the change%n"
                            .formatted(
                                    sparkline(alert.path("blocks")),
                                    alert.path("measures").path(0).path("name").asText()));
        }
    }

    static String sparkline(JsonNode blocks) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (JsonNode block : blocks) {
            least = Math.min(least, block.path("value").asDouble());
            most = Math.max(most, block.path("value").asDouble());
        }
        StringBuilder line = new StringBuilder();
        boolean before = true;
        for (JsonNode block : blocks) {
            if (before && block.path("changed").asBoolean()) {
                line.append('│');
                before = false;
            }
            double height =
                    most > least ? (block.path("value").asDouble() - least) / (most - least) : 0;
            line.append(BARS.charAt((int) Math.min(7, Math.floor(height * 8))));
        }
        return line.toString();
    }
}
