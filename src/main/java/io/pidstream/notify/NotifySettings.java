package io.pidstream.notify;

import io.pidstream.kafka.Secrets;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is told of alerts, and what the links lead to. {@code ${env:NAME}} and {@code ${file:/path}}
 * in addresses and authorizations are resolved for each request.
 *
 * @param alertmanager address of an Alertmanager, without the path of its interface; null for none
 * @param alertmanagerAuthorization value of the header Authorization; null for none
 * @param resendEvery wall clock; open alerts are sent to Alertmanager again after this long
 * @param expireAfter wall clock; Alertmanager ends an alert that was not sent again for this long
 * @param webhook address that takes one alert per request; null for none
 * @param webhookAuthorization value of the header Authorization; null for none
 * @param page address of the explanation page; null if there is none to link to
 * @param docs address of the documentation, in which the runbooks are
 */
public record NotifySettings(
        String alertmanager,
        String alertmanagerAuthorization,
        Duration resendEvery,
        Duration expireAfter,
        String webhook,
        String webhookAuthorization,
        String page,
        String docs)
        implements Serializable {

    /** Whether there is anybody to tell. */
    public boolean hasReceiver() {
        return alertmanager != null || webhook != null;
    }

    /** Problems of placeholders in this process, one line each; without the secrets. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.addAll(Secrets.problems("notify.alertmanager", alertmanager));
        problems.addAll(
                Secrets.problems("notify.alertmanager-authorization", alertmanagerAuthorization));
        problems.addAll(Secrets.problems("notify.webhook", webhook));
        problems.addAll(Secrets.problems("notify.webhook-authorization", webhookAuthorization));
        return problems;
    }

    /** Without addresses and authorizations, which may be secret. */
    @Override
    public String toString() {
        return "NotifySettings[alertmanager=%s, webhook=%s, page=%s, docs=%s]"
                .formatted(
                        alertmanager == null ? "none" : "given",
                        webhook == null ? "none" : "given",
                        page,
                        docs);
    }
}
