package io.pidstream.alert;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertState;
import io.pidstream.detect.Budget;
import io.pidstream.event.BlockStatistics;
import io.pidstream.event.EventSamples;
import io.pidstream.testing.FullRecords;
import io.pidstream.testing.StateSamples;
import java.time.Duration;
import java.util.List;

/** Samples of the state of the alert stage. */
public final class AlertSamples {
    private static final AlertSettings SETTINGS =
            new AlertSettings(
                    "y",
                    List.of("a", "b"),
                    List.of("a.a0", "b.b0"),
                    Duration.ofDays(1),
                    0.05,
                    Duration.ofMinutes(20));

    private AlertSamples() {}

    public static void add(StateSamples samples) {
        AssetMonitors monitors = new AssetMonitors(2, 2, 0.05);
        for (int n = 0; n < 30; n++) {
            BlockStatistics block = EventSamples.block(n);
            Budget budget = new Budget(SETTINGS.meanTimeBetweenFalseAlarms(), 2);
            monitors.accept(block, false, budget, new AlertRecords(SETTINGS));
        }
        FleetBook book = new FleetBook();
        book.add(EventSamples.block(1));
        book.add(EventSamples.block(2));
        Alert alert = FullRecords.of(Alert.class);
        alert.setKind("CHANNEL_FROZEN");
        // The golden bytes do not depend on the words of a message.
        book.merge("channel-1", List.of(alert))
                .setMessage("1 of 1 assets at once, for example message-14");
        book.openings().hold("errors", alert, 5_000, 1_000);
        Presence presence = new Presence(2);
        presence.next(0, 1_000, true, 500);
        presence.next(1, 1_000, true, 500);
        presence.emitted(1, presence.next(1, 2_000, false, 500), 2_000);
        AlertAction shelf = FullRecords.of(AlertAction.class);
        shelf.setAction(AlertActionKind.SHELVE);
        shelf.setKind(alert.getKind());
        shelf.setAsset(alert.getAsset());
        shelf.setModality(null);
        ActionBook actions = new ActionBook();
        actions.shelve(shelf);
        actions.take(alert);
        actions.take(Alert.newBuilder(alert).setId("told").setAsset("told").build());
        Alert over = Alert.newBuilder(alert).setId("over").setState(AlertState.RESOLVED).build();
        actions.take(over);
        actions.markFalse("over");
        samples.with(ActionBook.FORMAT, actions)
                .with(Notice.FORMAT, Notice.of(shelf))
                .with(AssetMonitors.FORMAT, monitors)
                .with(FleetBook.FORMAT, book)
                .with(Presence.FORMAT, presence);
    }
}
