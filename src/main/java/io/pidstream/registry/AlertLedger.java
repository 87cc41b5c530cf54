package io.pidstream.registry;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.event.ShelfScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of every alert: what the job told, with what was done about it since.
 *
 * <p>Not thread-safe.
 */
public final class AlertLedger {
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, AlertAction> acknowledged = new LinkedHashMap<>();
    private final Map<String, AlertAction> assigned = new LinkedHashMap<>();
    private final Map<String, AlertAction> judged = new LinkedHashMap<>();
    private final Map<String, AlertAction> shelves = new LinkedHashMap<>();

    /** Where an alert stands. */
    public enum Standing {
        OPEN,
        ACKNOWLEDGED,
        SHELVED,
        RESOLVED
    }

    /**
     * An alert and what was done about it.
     *
     * @param alert its newest record
     * @param acknowledged null if nobody did
     * @param shelf the shelf that silences it now; null if there is none
     * @param assignee null if it is nobody's
     * @param outcome null if it is not known
     */
    public record Entry(
            Alert alert,
            Standing standing,
            AlertAction acknowledged,
            AlertAction shelf,
            String assignee,
            AlertOutcome outcome) {}

    /** Takes the next record of an alert. An alert that is over stays over. */
    public void add(Alert alert) {
        Alert known = alerts.get(alert.getId());
        if (known == null || known.getState() == AlertState.OPEN) {
            alerts.put(alert.getId(), alert);
        }
    }

    /** Takes the next action, in the order of the topic. */
    public void add(AlertAction action) {
        switch (action.getAction()) {
            case ACKNOWLEDGE -> acknowledged.put(action.getAlert(), action);
            case ASSIGN -> assigned.put(action.getAlert(), action);
            case OUTCOME -> judged.put(action.getAlert(), action);
            case SHELVE -> shelves.put(ShelfScope.key(action), action);
            case UNSHELVE -> shelves.remove(ShelfScope.key(action));
            case OTHER -> {
                // Of a newer program; this one does not know what it means.
            }
        }
    }

    /** All alerts: those that are not over first, then the newest first. */
    public List<Entry> entries(Instant now) {
        List<Entry> entries = new ArrayList<>();
        for (Alert alert : alerts.values()) {
            entries.add(entry(alert, now));
        }
        entries.sort(
                Comparator.comparing((Entry e) -> e.standing() == Standing.RESOLVED)
                        .thenComparing(
                                (Entry e) -> e.alert().getOpenedAt(), Comparator.reverseOrder())
                        .thenComparing(e -> e.alert().getId()));
        return entries;
    }

    private Entry entry(Alert alert, Instant now) {
        String id = alert.getId();
        AlertAction shelf =
                shelves(now).stream()
                        .filter(each -> ShelfScope.silences(each, alert))
                        .findFirst()
                        .orElse(null);
        Standing standing = Standing.OPEN;
        if (alert.getState() == AlertState.RESOLVED) {
            standing = Standing.RESOLVED;
        } else if (shelf != null) {
            standing = Standing.SHELVED;
        } else if (acknowledged.containsKey(id)) {
            standing = Standing.ACKNOWLEDGED;
        }
        AlertAction owner = assigned.get(id);
        AlertAction verdict = judged.get(id);
        return new Entry(
                alert,
                standing,
                acknowledged.get(id),
                standing == Standing.SHELVED ? shelf : null,
                owner == null ? null : owner.getAssignee(),
                verdict == null ? null : verdict.getOutcome());
    }

    /** Shelves that have not ended. */
    public List<AlertAction> shelves(Instant now) {
        return shelves.values().stream().filter(shelf -> shelf.getUntil().isAfter(now)).toList();
    }

    /** Identifiers of all alerts. */
    public Collection<String> ids() {
        return alerts.keySet();
    }

    public Optional<Alert> alert(String id) {
        return Optional.ofNullable(alerts.get(id));
    }

    /** Number of alerts that were false. */
    public long falseAlarms() {
        return judged.values().stream()
                .filter(action -> action.getOutcome() == AlertOutcome.FALSE)
                .count();
    }

    /** When the first alert opened. */
    public Optional<Instant> first() {
        return alerts.values().stream().map(Alert::getOpenedAt).min(Comparator.naturalOrder());
    }
}
