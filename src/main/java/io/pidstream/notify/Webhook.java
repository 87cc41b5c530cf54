package io.pidstream.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.Alert;
import io.pidstream.record.RecordJson;
import java.util.List;

/**
 * An address that takes one transition per request: the record as {@code tail --json} prints it,
 * and {@code pipeline}, {@code severity}, {@code sentence}, {@code advice}, {@code runbook} and
 * {@code page}.
 */
final class Webhook implements Receiver {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoint endpoint;
    private final Notifications notifications;
    private final RecordJson records;

    /**
     * @param modalities names in the order of the configuration
     */
    Webhook(NotifySettings settings, Notifications notifications, List<String> modalities) {
        this.endpoint =
                new Endpoint(
                        "notify.webhook", settings.webhook(), "", settings.webhookAuthorization());
        this.notifications = notifications;
        this.records = new RecordJson(modalities);
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String address() {
        return endpoint.address();
    }

    @Override
    public void tell(Alert alert) throws UndeliveredException, InterruptedException {
        endpoint.post(json(alert));
    }

    /** A webhook is told once. */
    @Override
    public void repeat(List<Alert> open) {}

    private String json(Alert alert) {
        ObjectNode json;
        try {
            json = (ObjectNode) JSON.readTree(records.alert(alert));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record is always JSON", e);
        }
        json.put("pipeline", notifications.pipeline());
        json.put("severity", notifications.severity(alert));
        json.put("sentence", notifications.sentence(alert));
        json.put("advice", Runbook.of(alert).advice());
        json.put("runbook", notifications.runbook(alert));
        json.put("page", notifications.page(alert));
        return json.toString();
    }
}
