package io.pidstream.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.Shift;
import io.pidstream.event.AlertKind;
import io.pidstream.testing.MarkdownPage;
import io.pidstream.testing.PageRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunbookTest {
    private static final Path PAGE = Path.of("src/site/markdown/runbooks.md");

    @Test
    void everyKindAndEveryCauseHasAPlaceOnThePage() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (AlertKind kind : AlertKind.values()) {
            alerts.add(alert(kind.name(), null));
        }
        for (Shift.Cause cause : Shift.Cause.values()) {
            alerts.add(alert("CONTRIBUTION_SHIFT", cause.name()));
        }
        assertThat(alerts.stream().map(alert -> Runbook.of(alert).anchor()))
                .doesNotHaveDuplicates()
                .isSubsetOf(MarkdownPage.read(PAGE).anchors());
        assertThat(alerts.stream().map(alert -> Runbook.of(alert).advice()))
                .allMatch(advice -> advice.matches("First [^%]*[.?]"))
                .noneMatch(advice -> advice.contains("null"));
    }

    @Test
    void aKindOfALaterProgramLeadsToThePage() {
        Notifications notifications = new Notifications("plant", null, "https://docs.example/");
        Alert alert = alert("CLOCK_OFF", null);
        assertThat(notifications.runbook(alert)).isEqualTo("https://docs.example/runbooks.html");
        assertThat(notifications.page(alert)).isNull();
        assertThat(notifications.labels(alert)).containsEntry("alertname", "PidstreamClockOff");
    }

    @Test
    void whatSpoilsPredictionsIsCritical() {
        Notifications notifications = new Notifications("plant", null, "https://docs.example");
        Alert shift = alert("CONTRIBUTION_SHIFT", null);
        assertThat(notifications.severity(shift)).isEqualTo("critical");
        shift.setPredictionsSuffered(false);
        assertThat(notifications.severity(shift)).isEqualTo("warning");
        shift.setPredictionsSuffered(null);
        assertThat(notifications.severity(shift)).isEqualTo("warning");
        shift.setKind("MODEL_REGRESSED");
        assertThat(notifications.severity(shift)).isEqualTo("critical");
    }

    private static Alert alert(String kind, String cause) {
        Alert alert = PageRecords.alert("p1", "thermal", AlertState.OPEN);
        alert.setKind(kind);
        alert.setCause(cause);
        alert.setChannel("thermal.a");
        return alert;
    }
}
