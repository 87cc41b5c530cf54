package io.pidstream.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Alert;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Version 2 of Alertmanager's interface. Alertmanager keeps no alerts across its own restarts and
 * ends those that are not sent again, so open ones are repeated.
 */
final class Alertmanager implements Receiver {
    private static final int MOST_PER_REQUEST = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoint endpoint;
    private final Notifications notifications;
    private final Duration expireAfter;
    private final Clock clock;

    Alertmanager(NotifySettings settings, Notifications notifications, Clock clock) {
        this.endpoint =
                new Endpoint(
                        "notify.alertmanager",
                        settings.alertmanager(),
                        "/api/v2/alerts",
                        settings.alertmanagerAuthorization());
        this.notifications = notifications;
        this.expireAfter = settings.expireAfter();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public String address() {
        return endpoint.address();
    }

    @Override
    public void tell(Alert alert) throws UndeliveredException, InterruptedException {
        send(List.of(alert));
    }

    @Override
    public void repeat(List<Alert> open) throws UndeliveredException, InterruptedException {
        for (int from = 0; from < open.size(); from += MOST_PER_REQUEST) {
            send(open.subList(from, Math.min(open.size(), from + MOST_PER_REQUEST)));
        }
    }

    private void send(List<Alert> alerts) throws UndeliveredException, InterruptedException {
        ArrayNode array = JSON.createArrayNode();
        alerts.forEach(alert -> array.add(json(alert, clock.instant())));
        endpoint.post(array.toString());
    }

    /** Event time may be ahead of the wall clock; Alertmanager would wait for it. */
    private ObjectNode json(Alert alert, Instant now) {
        Instant end =
                Notifications.isOver(alert)
                        ? earlier(alert.getResolvedAt() == null ? now : alert.getResolvedAt(), now)
                        : now.plus(expireAfter);
        ObjectNode json = JSON.createObjectNode();
        json.set("labels", JSON.valueToTree(notifications.labels(alert)));
        json.set("annotations", JSON.valueToTree(notifications.annotations(alert)));
        json.put("startsAt", earlier(alert.getOpenedAt(), earlier(end, now)).toString());
        json.put("endsAt", end.toString());
        String page = notifications.page(alert);
        if (page != null) {
            json.put("generatorURL", page);
        }
        return json;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
