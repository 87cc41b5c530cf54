package io.pidstream.kafka;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TrainingSample;
import io.pidstream.record.ModelView;
import io.pidstream.record.RecordJson;
import io.pidstream.record.RecordText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How the records of one topic are shown.
 *
 * @param header heads of the columns
 */
public record TopicKind<T extends SpecificRecordBase>(
        ValueCodec<T> codec,
        List<String> header,
        Function<T, List<String>> toCells,
        Function<T, String> toJson,
        Function<T, String> toAsset) {
    private static final String READINGS = "readings.";

    /** All kinds, for a message. */
    public static final String NAMES =
            "predictions, explanations, alerts, alert-actions, labels, readings.<modality>,"
                    + " training-samples, model-versions, dead-letters or late-readings";

    /** The names of all kinds but the readings, of which every modality has a topic. */
    public static List<String> names() {
        return Stream.of(NAMES.split(", | or "))
                .filter(name -> !name.startsWith(READINGS))
                .toList();
    }

    /**
     * @param topic name without the prefix
     */
    public static Optional<TopicKind<?>> of(
            String topic, KafkaSettings settings, RecordText text, RecordJson json) {
        String full = settings.prefix() + topic;
        String name = topic.startsWith(READINGS) ? "late-readings" : topic;
        TopicKind<?> ofAssets = ofAssets(name, full, settings, text, json);
        return Optional.ofNullable(
                ofAssets == null ? ofOthers(name, full, settings, json) : ofAssets);
    }

    private static TopicKind<?> ofAssets(
            String name, String full, KafkaSettings settings, RecordText text, RecordJson json) {
        return switch (name) {
            case "predictions" ->
                    of(
                            ValueCodec.of(Prediction.class, settings, full),
                            RecordText.PREDICTION,
                            text::prediction,
                            json::prediction,
                            Prediction::getAsset);
            case "explanations" ->
                    of(
                            ValueCodec.of(Explanation.class, settings, full),
                            RecordText.EXPLANATION,
                            text::explanation,
                            json::explanation,
                            Explanation::getAsset);
            case "alerts" ->
                    of(
                            ValueCodec.of(Alert.class, settings, full),
                            RecordText.ALERT,
                            RecordText::alert,
                            json::alert,
                            Alert::getAsset);
            case "alert-actions" ->
                    of(
                            ValueCodec.of(AlertAction.class, settings, full),
                            RecordText.ALERT_ACTION,
                            RecordText::alertAction,
                            json::alertAction,
                            AlertAction::getAsset);
            case "labels" ->
                    of(
                            ValueCodec.of(Label.class, settings, full),
                            RecordText.LABEL,
                            text::label,
                            json::label,
                            Label::getAsset);
            case "late-readings" ->
                    of(
                            ValueCodec.of(Reading.class, settings, full),
                            RecordText.READING,
                            text::reading,
                            json::reading,
                            Reading::getAsset);
            case "training-samples" ->
                    of(
                            ValueCodec.of(TrainingSample.class, settings, full),
                            RecordText.TRAINING_SAMPLE,
                            text::trainingSample,
                            json::trainingSample,
                            TrainingSample::getAsset);
            default -> null;
        };
    }

    private static TopicKind<?> ofOthers(
            String name, String full, KafkaSettings settings, RecordJson json) {
        return switch (name) {
            case "model-versions" ->
                    of(
                            ValueCodec.of(ModelVersion.class, settings, full),
                            ModelView.HEADER,
                            ModelView::row,
                            json::modelVersion,
                            null);
            case "dead-letters" ->
                    of(
                            ValueCodec.of(DeadLetter.class, settings, full),
                            RecordText.DEAD_LETTER,
                            RecordText::deadLetter,
                            json::deadLetter,
                            null);
            default -> null;
        };
    }

    private static <T extends SpecificRecordBase> TopicKind<T> of(
            ValueCodec<T> codec,
            List<String> header,
            Function<T, List<String>> toCells,
            Function<T, String> toJson,
            Function<T, String> toAsset) {
        return new TopicKind<>(codec, header, toCells, toJson, toAsset);
    }

    /** Whether its records are about an asset each. */
    public boolean hasAssets() {
        return toAsset != null;
    }
}
