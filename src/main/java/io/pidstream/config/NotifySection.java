package io.pidstream.config;

import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.placedSecret;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.notify.NotifySettings;
import java.time.Duration;

/** The section {@code notify}. */
final class NotifySection {
    static final Section<NotifySettings> KEYS = Section.of("notify", PipelineConfig::notifications);

    private static final String ADDRESS = "https?://[^/\\s@]+[^\\s@]*";
    private static final String PLACED = "\\$\\{(env|file):[^}]+}";
    private static final String EXPECTED = "http:// or https://, without a user";

    static final Key<String> ALERTMANAGER =
            KEYS.key("alertmanager", text(ADDRESS, EXPECTED))
                    .orNone()
                    .of(NotifySettings::alertmanager)
                    .means(
                            "Address of an [Alertmanager](alerts.md#being-told) that `notify` tells"
                                    + " of alerts, without `/api/v2`.");

    static final Key<String> ALERTMANAGER_AUTHORIZATION =
            KEYS.key("alertmanager-authorization", placedSecret())
                    .orNone()
                    .of(NotifySettings::alertmanagerAuthorization)
                    .means("Value of the header Authorization of requests to it.");

    static final Key<Duration> RESEND_EVERY =
            KEYS.key("resend-every", duration(Duration.ofSeconds(1)))
                    .or(Default.duration("PT1M"))
                    .of(NotifySettings::resendEvery)
                    .means(
                            "Open alerts are sent to Alertmanager again this often, in wall-clock"
                                    + " time, as it forgets them when it restarts.");

    static final Key<Duration> EXPIRE_AFTER =
            KEYS.key("expire-after", duration(Duration.ofSeconds(2)))
                    .or(Default.duration("PT1H"))
                    .of(NotifySettings::expireAfter)
                    .means(
                            "Alertmanager ends an alert by itself that was not sent again for this"
                                    + " long, in wall-clock time.");

    static final Key<String> WEBHOOK =
            KEYS.key("webhook", text(ADDRESS + "|" + PLACED, EXPECTED + ", or ${file:/path}"))
                    .orNone()
                    .of(NotifySettings::webhook)
                    .means(
                            "Address that `notify` posts every transition of an alert to, as JSON;"
                                    + " one that is secret belongs into `${env:NAME}` or"
                                    + " `${file:/path}`.");

    static final Key<String> WEBHOOK_AUTHORIZATION =
            KEYS.key("webhook-authorization", placedSecret())
                    .orNone()
                    .of(NotifySettings::webhookAuthorization)
                    .means("Value of the header Authorization of requests to it.");

    static final Key<String> PAGE =
            KEYS.key("page", text(ADDRESS, EXPECTED))
                    .orNone()
                    .of(NotifySettings::page)
                    .means("Address of the [explanation page](dashboard.md), for links to it.");

    static final Key<String> DOCS =
            KEYS.key("docs", text(ADDRESS, EXPECTED))
                    .or("https://pidstream.example/docs")
                    .of(NotifySettings::docs)
                    .means(
                            "Address of this documentation, for links to the"
                                    + " [runbooks](runbooks.md); the default is an example.");

    private NotifySection() {}

    static NotifySettings read(ConfigNode root) {
        Duration resend = root.get(RESEND_EVERY);
        Duration expire = root.get(EXPIRE_AFTER);
        if (expire.compareTo(resend.multipliedBy(2)) < 0) {
            root.problem(
                    EXPIRE_AFTER,
                    expire,
                    "at least twice notify.resend-every, %s".formatted(resend));
        }
        return new NotifySettings(
                root.get(ALERTMANAGER),
                root.get(ALERTMANAGER_AUTHORIZATION),
                resend,
                expire,
                root.get(WEBHOOK),
                root.get(WEBHOOK_AUTHORIZATION),
                root.get(PAGE),
                root.get(DOCS));
    }
}
