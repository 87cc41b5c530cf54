package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertActionKind;
import io.pidstream.avro.AlertOutcome;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.DeadLetter;
import io.pidstream.event.EventFormats;
import io.pidstream.testing.PageRecords;
import io.pidstream.testing.Serializers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ActionFunctionTest {
    private static final Alert ONE = PageRecords.alert("one", "thermal", AlertState.OPEN);
    private static final Alert TWO = PageRecords.alert("two", "thermal", AlertState.OPEN);

    private static KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertAction, Alert>
            harness(OperatorSubtaskState state) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new ActionFunction("p.alert-actions")),
                        alert -> "*",
                        action -> "*",
                        Types.STRING);
        harness.setup(Serializers.of(EventFormats.ALERT));
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static AlertAction.Builder action(AlertActionKind kind, Alert alert, long time) {
        return AlertAction.newBuilder()
                .setAction(kind)
                .setAlert(alert.getId())
                .setAsset(alert.getAsset())
                .setKind(alert.getKind())
                .setModality(alert.getModality())
                .setTime(Instant.ofEpochMilli(time))
                .setWrittenAt(Instant.ofEpochMilli(time))
                .setWho("kim");
    }

    private static AlertAction shelf(Alert alert, long from, long until) {
        return action(AlertActionKind.SHELVE, alert, from)
                .setUntil(Instant.ofEpochMilli(until))
                .build();
    }

    private static AlertAction outcome(Alert alert, AlertOutcome outcome, long time) {
        return action(AlertActionKind.OUTCOME, alert, time).setOutcome(outcome).build();
    }

    private static Alert over(Alert alert) {
        return AlertRecords.resolved(alert, PageRecords.time(900), "back");
    }

    /** Identifiers and states of what is told, with its time. */
    private static List<String> told(
            KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertAction, Alert> harness) {
        List<String> told = new ArrayList<>();
        for (StreamRecord<? extends Alert> record : harness.extractOutputStreamRecords()) {
            Alert alert = record.getValue();
            String state =
                    alert.getHandling() == null ? alert.getState().name() : alert.getHandling();
            told.add(alert.getAsset() + " " + state + " " + record.getTimestamp());
        }
        return told;
    }

    private static List<String> letters(
            KeyedTwoInputStreamOperatorTestHarness<String, Alert, AlertAction, Alert> harness) {
        List<String> details = new ArrayList<>();
        var letters = harness.getSideOutput(ActionFunction.DEAD_LETTERS);
        if (letters != null) {
            for (StreamRecord<DeadLetter> letter : letters) {
                details.add(letter.getValue().getDetail());
            }
        }
        return details;
    }

    @Test
    void whatIsShelvedIsToldAtTheEndOfTheShelfIfItStillStands() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement1(ONE, 100);
            harness.processElement1(TWO, 100);
            harness.processElement2(shelf(ONE, 50, 500), 0);
            harness.processBothWatermarks(new Watermark(499));
            assertThat(told(harness)).containsExactly("two OPEN 100");
            harness.processBothWatermarks(new Watermark(500));
            assertThat(told(harness)).containsExactly("two OPEN 100", "one OPEN 500");
            harness.processElement1(over(ONE), 600);
            harness.processBothWatermarks(new Watermark(600));
            assertThat(told(harness)).endsWith("one RESOLVED 600");
        }
    }

    @Test
    void whatComesAndGoesOnAShelfIsNeverTold() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement2(shelf(ONE, 50, 500), 0);
            harness.processElement1(ONE, 100);
            harness.processElement1(over(ONE), 200);
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness)).isEmpty();
        }
    }

    @Test
    void theEndOfWhatWasToldBeforeTheShelfIsTold() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement1(ONE, 100);
            harness.processElement2(shelf(ONE, 150, 500), 0);
            harness.processElement1(over(ONE), 200);
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness))
                    .containsExactly("one OPEN 100", "one SHELVED 150", "one RESOLVED 200");
        }
    }

    @Test
    void whatWasToldBeforeTheShelfIsToldAgainAfterIt() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement1(ONE, 100);
            harness.processElement2(shelf(ONE, 150, 500), 0);
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness))
                    .containsExactly("one OPEN 100", "one SHELVED 150", "one OPEN 500");
            assertThat(harness.extractOutputValues())
                    .extracting(Alert::getShelvedUntil)
                    .containsExactly(null, Instant.ofEpochMilli(500), null);
        }
    }

    @Test
    void whatIsDoneAboutAnAlertIsInItsRecords() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement1(ONE, 100);
            harness.processElement2(action(AlertActionKind.ACKNOWLEDGE, ONE, 200).build(), 0);
            harness.processElement2(
                    action(AlertActionKind.ASSIGN, ONE, 300).setAssignee("robin").build(), 0);
            harness.processElement2(outcome(ONE, AlertOutcome.RIGHT, 400), 0);
            harness.processElement1(over(ONE), 500);
            harness.processElement2(outcome(ONE, AlertOutcome.FALSE, 600), 0);
            harness.processBothWatermarks(new Watermark(1000));
            List<Alert> alerts = new ArrayList<>(harness.extractOutputValues());
            assertThat(told(harness))
                    .containsExactly(
                            "one OPEN 100",
                            "one ACKNOWLEDGED 200",
                            "one ACKNOWLEDGED 300",
                            "one ACKNOWLEDGED 400",
                            "one RESOLVED 500");
            assertThat(alerts)
                    .extracting(Alert::getAssignee)
                    .containsExactly(null, null, "robin", "robin", "robin");
            assertThat(alerts)
                    .extracting(Alert::getOutcome)
                    .containsExactly(null, null, null, "RIGHT", "RIGHT");
            assertThat(letters(harness)).isEmpty();
        }
    }

    @Test
    void aShelfIsOfItsAssetKindAndModality() throws Exception {
        Alert other = PageRecords.alert("one", "vibration", AlertState.OPEN);
        other.setId("other");
        AlertAction ofAll = shelf(ONE, 0, 500);
        ofAll.setModality(null);
        for (AlertAction shelf : List.of(shelf(ONE, 0, 500), ofAll)) {
            try (var harness = harness(null)) {
                harness.processElement2(shelf, 0);
                harness.processElement1(other, 100);
                harness.processBothWatermarks(new Watermark(499));
                assertThat(told(harness)).hasSize(shelf.getModality() == null ? 0 : 1);
            }
        }
    }

    @Test
    void aShelfThatEndsEarlyTellsWhatStands() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement2(shelf(ONE, 0, 500), 0);
            harness.processElement1(ONE, 100);
            harness.processElement2(action(AlertActionKind.UNSHELVE, ONE, 300).build(), 0);
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness)).containsExactly("one OPEN 300");
        }
    }

    @Test
    void shelvesAndWhatTheyWithholdSurviveARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(null)) {
            harness.processElement2(shelf(ONE, 0, 500), 0);
            harness.processElement1(ONE, 100);
            harness.processElement2(outcome(TWO, AlertOutcome.RIGHT, 400), 0);
            harness.processBothWatermarks(new Watermark(200));
            harness.processElement1(TWO, 300);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(state)) {
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness))
                    .containsExactly("two OPEN 300", "two OPEN 400", "one OPEN 500");
            assertThat(letters(harness)).isEmpty();
        }
    }

    @Test
    void anActionOnNoAlertOfTheJobIsADeadLetter() throws Exception {
        try (var harness = harness(null)) {
            harness.processElement1(ONE, 100);
            harness.processElement2(outcome(ONE, AlertOutcome.FALSE, 200), 0);
            harness.processElement2(outcome(TWO, AlertOutcome.FALSE, 200), 0);
            harness.processElement2(action(AlertActionKind.OTHER, ONE, 300).build(), 0);
            harness.processBothWatermarks(new Watermark(1000));
            assertThat(told(harness)).containsExactly("one OPEN 100", "one OPEN 200");
            assertThat(letters(harness))
                    .containsExactly(
                            "OUTCOME shift-two: expected the id of an alert that is open, or one"
                                    + " of the 256 that were over last",
                            "OTHER shift-one: expected an action that this version knows");
        }
    }

    @Test
    void anAlertIsCountedAsFalseOnce() {
        ActionBook book = new ActionBook();
        book.take(ONE);
        assertThat(book.markFalse(ONE.getId())).isTrue();
        assertThat(book.markFalse(ONE.getId())).isFalse();
        book.take(over(ONE));
        assertThat(book.markFalse(ONE.getId())).isFalse();
    }

    @Test
    void ofAlertsThatAreOverTheOldestAreForgotten() {
        ActionBook book = new ActionBook();
        book.take(TWO);
        for (int i = 0; i <= ActionBook.MOST_OVER; i++) {
            Alert alert = Alert.newBuilder(over(ONE)).setId("alert " + i).build();
            book.take(alert);
        }
        assertThat(book.knows("alert 0")).isFalse();
        assertThat(book.knows("alert 1")).isTrue();
        assertThat(book.knows(TWO.getId())).as("it is open").isTrue();
    }
}
