package io.pidstream.notify;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.event.AlertKind;
import io.pidstream.event.Fleet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is said about an alert besides its record: how urgent it is, what to do, and where to look.
 *
 * @param pipeline name of the pipeline
 * @param page address of the explanation page; null for no link
 * @param docs address of the documentation
 */
record Notifications(String pipeline, String page, String docs) {
    private static final String RUNBOOKS = "/runbooks.html";

    Notifications {
        page = page == null ? null : withoutSlash(page);
        docs = withoutSlash(docs);
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** Whether nobody needs to hear of it any more: it is over, acknowledged or shelved. */
    static boolean isOver(Alert alert) {
        return alert.getState() == AlertState.RESOLVED || alert.getHandling() != null;
    }

    /**
     * What identifies an alert in Alertmanager, the same in all its transitions. Its id is part of
     * it: two alerts of one modality that overlap end separately.
     */
    Map<String, String> labels(Alert alert) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", name(alert.getKind()));
        labels.put("pipeline", pipeline);
        labels.put("asset", alert.getAsset());
        put(labels, "modality", alert.getModality());
        put(labels, "channel", alert.getChannel());
        labels.put("severity", severity(alert));
        labels.put("id", alert.getId());
        return labels;
    }

    /** {@code CONTRIBUTION_SHIFT} as {@code PidstreamContributionShift}. */
    private static String name(String kind) {
        StringBuilder name = new StringBuilder("Pidstream");
        for (String word : kind.split("_", -1)) {
            if (!word.isEmpty()) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
        }
        return name.toString();
    }

    /** Words of the rules for Prometheus: critical if predictions are worse, otherwise warning. */
    String severity(Alert alert) {
        boolean worse =
                AlertKind.MODEL_REGRESSED.isOf(alert)
                        || Boolean.TRUE.equals(alert.getPredictionsSuffered());
        return worse ? "critical" : "warning";
    }

    /** What people read, in names that templates of Alertmanager expect. */
    Map<String, String> annotations(Alert alert) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", alert.getMessage());
        annotations.put("advice", Runbook.of(alert).advice());
        put(annotations, "direction", alert.getDirection());
        put(annotations, "cause", alert.getCause());
        annotations.put("changed_at", alert.getChangeTime().toString());
        annotations.put("runbook_url", runbook(alert));
        put(annotations, "page", page(alert));
        put(annotations, "resolution", alert.getResolution());
        return annotations;
    }

    private static void put(Map<String, String> texts, String name, String value) {
        if (value != null) {
            texts.put(name, value);
        }
    }

    /** What has happened and what to look at first. */
    String sentence(Alert alert) {
        if (alert.getState() == AlertState.OPEN && alert.getHandling() != null) {
            String until =
                    alert.getShelvedUntil() == null ? "" : " until " + alert.getShelvedUntil();
            return "%s%s: %s".formatted(word(alert.getHandling()), until, alert.getMessage());
        }
        return isOver(alert)
                ? "Over: %s (%s)".formatted(alert.getMessage(), alert.getResolution())
                : alert.getMessage() + " " + Runbook.of(alert).advice();
    }

    private static String word(String handling) {
        return handling.charAt(0) + handling.substring(1).toLowerCase(Locale.ROOT);
    }

    /** Link to the runbook. */
    String runbook(Alert alert) {
        String anchor = Runbook.of(alert).anchor();
        return docs + RUNBOOKS + (anchor.isEmpty() ? "" : "#" + anchor);
    }

    /** Link to the asset on the explanation page; null if there is no page. */
    String page(Alert alert) {
        if (page == null) {
            return null;
        }
        return Fleet.is(alert.getAsset())
                ? page + "/#/"
                : page
                        + "/#/asset/"
                        + URLEncoder.encode(alert.getAsset(), StandardCharsets.UTF_8)
                                .replace("+", "%20");
    }
}
