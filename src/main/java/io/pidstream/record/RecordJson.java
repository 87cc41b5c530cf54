package io.pidstream.record;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertBlock;
import io.pidstream.avro.AlertMeasure;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelModality;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionInterval;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modality;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records as JSON, one object without line breaks each: what {@code tail --json} prints and {@code
 * evaluate} writes.
 *
 * <p>Times are ISO-8601 in UTC, bytes are base64, a number that is not finite is null. The keys of
 * a map come in one order always: fewer modalities first, then as configured. An explanation that
 * is the same object as the previous one of its asset is not encoded again, as many consecutive
 * predictions share it. Belongs to one thread.
 */
public final class RecordJson {
    private static final int REMEMBERED = 10_000;

    private final ModalityOrder order;
    private final ChannelOrder channelOrder;
    private final Map<String, Encoded> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Encoded> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Encoded(Explanation explanation, String json) {}

    /**
     * @param modalities names in the order of the configuration; others come after them by name, so
     *     it may be empty where there is no configuration
     */
    public RecordJson(List<String> modalities) {
        this(new ModalityOrder(modalities), new ChannelOrder(List.of()));
    }

    private RecordJson(ModalityOrder order, ChannelOrder channelOrder) {
        this.order = order;
        this.channelOrder = channelOrder;
    }

    /**
     * With channels in the order of the configuration, too.
     *
     * @param modalities may be empty
     */
    public static RecordJson ofChannels(List<Modality> modalities) {
        return new RecordJson(
                new ModalityOrder(modalities.stream().map(Modality::name).toList()),
                new ChannelOrder(modalities));
    }

    public String prediction(Prediction p) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("asset", p.getAsset());
                    json.time("time", p.getTime());
                    json.number("prediction", p.getPrediction());
                    json.number("lower", p.getLower());
                    json.number("upper", p.getUpper());
                    json.count("modelVersion", p.getModelVersion());
                    json.texts("present", p.getPresent());
                    json.numbers("contributions", p.getContributions());
                    json.number("baseline", p.getBaseline());
                    details(
                            json,
                            p.getExpectedError(),
                            p.getIntervals(),
                            p.getChannels(),
                            p.getYardsticks());
                    if (p.getStatus() != PredictionStatus.OK) {
                        json.text("status", p.getStatus().name());
                    }
                    if (!p.getFurther().isEmpty()) {
                        json.object("further", fields -> further(fields, p.getFurther()));
                    }
                    json.raw("explanation", explanation(p.getExplanation()));
                });
    }

    private void further(JsonFields json, List<TargetPrediction> predictions) throws IOException {
        for (TargetPrediction p : predictions) {
            json.object(
                    p.getTarget(),
                    fields -> {
                        fields.number("prediction", p.getPrediction());
                        fields.number("lower", p.getLower());
                        fields.number("upper", p.getUpper());
                        fields.numbers("contributions", p.getContributions());
                        fields.number("baseline", p.getBaseline());
                        details(
                                fields,
                                p.getExpectedError(),
                                p.getIntervals(),
                                p.getChannels(),
                                p.getYardsticks());
                    });
        }
    }

    /** Fields that a prediction has where there is something to say. */
    private void details(
            JsonFields json,
            Double expectedError,
            List<PredictionInterval> intervals,
            Map<String, Double> channels,
            Map<String, Double> yardsticks)
            throws IOException {
        if (expectedError != null) {
            json.number("expectedError", expectedError);
        }
        if (!intervals.isEmpty()) {
            json.objects("intervals", intervals, RecordJson::interval);
        }
        if (!channels.isEmpty()) {
            json.objects("channels", channelOrder.sorted(channels).entrySet(), RecordJson::channel);
        }
        if (!yardsticks.isEmpty()) {
            json.numbers("yardsticks", yardsticks);
        }
    }

    private static void channel(JsonFields json, Map.Entry<String, Double> part)
            throws IOException {
        json.text("channel", part.getKey());
        json.number("contribution", part.getValue());
    }

    private static void interval(JsonFields json, PredictionInterval interval) throws IOException {
        json.number("level", interval.getLevel());
        json.number("lower", interval.getLower());
        json.number("upper", interval.getUpper());
    }

    // Identity on purpose: comparing would cost as much as encoding.
    @SuppressWarnings("ReferenceEquality")
    public String explanation(Explanation e) {
        Encoded last = remembered.get(e.getAsset());
        if (last == null || last.explanation() != e) {
            last =
                    new Encoded(
                            e,
                            JsonFields.object(
                                    order, json -> new ExplanationJson(order).write(json, e)));
            remembered.put(e.getAsset(), last);
        }
        return last.json();
    }

    public String alert(Alert a) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("kind", a.getKind());
                    json.text("asset", a.getAsset());
                    json.text("modality", a.getModality());
                    json.text("direction", a.getDirection());
                    json.time("changeTime", a.getChangeTime());
                    json.time("openedAt", a.getOpenedAt());
                    json.time("resolvedAt", a.getResolvedAt());
                    json.text("state", a.getState().name());
                    json.text("id", a.getId());
                    json.text("message", a.getMessage());
                    json.numbers("evidence", a.getEvidence());
                    json.text("channel", a.getChannel());
                    json.text("cause", a.getCause());
                    if (a.getPredictionsSuffered() != null) {
                        json.flag("predictionsSuffered", a.getPredictionsSuffered());
                    }
                    json.count("modelVersion", a.getModelVersion());
                    json.text("resolution", a.getResolution());
                    handling(json, a);
                    json.objects("measures", a.getMeasures(), RecordJson::measure);
                    json.objects("blocks", a.getBlocks(), RecordJson::block);
                });
    }

    /** Only of an alert about which something was done. */
    private static void handling(JsonFields json, Alert a) throws IOException {
        if (a.getHandling() != null) {
            json.text("handling", a.getHandling());
        }
        if (a.getShelvedUntil() != null) {
            json.time("shelvedUntil", a.getShelvedUntil());
        }
        if (a.getAssignee() != null) {
            json.text("assignee", a.getAssignee());
        }
        if (a.getOutcome() != null) {
            json.text("outcome", a.getOutcome());
        }
    }

    public String alertAction(AlertAction a) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("action", a.getAction().name());
                    json.text("alert", a.getAlert());
                    json.text("asset", a.getAsset());
                    json.text("kind", a.getKind());
                    json.text("modality", a.getModality());
                    json.time("time", a.getTime());
                    json.time("writtenAt", a.getWrittenAt());
                    json.time("until", a.getUntil());
                    json.text("assignee", a.getAssignee());
                    json.text("outcome", a.getOutcome() == null ? null : a.getOutcome().name());
                    json.text("who", a.getWho());
                    json.text("note", a.getNote());
                });
    }

    private static void measure(JsonFields json, AlertMeasure m) throws IOException {
        json.text("name", m.getName());
        json.text("unit", m.getUnit());
        json.number("before", m.getBefore());
        json.number("beforeLower", m.getBeforeLower());
        json.number("beforeUpper", m.getBeforeUpper());
        json.number("after", m.getAfter());
        json.number("afterLower", m.getAfterLower());
        json.number("afterUpper", m.getAfterUpper());
    }

    private static void block(JsonFields json, AlertBlock b) throws IOException {
        json.time("start", b.getStart());
        json.time("end", b.getEnd());
        json.number("value", b.getValue());
        json.flag("changed", b.getChanged());
    }

    public String deadLetter(DeadLetter d) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("topic", d.getTopic());
                    json.count("partition", (long) d.getPartition());
                    json.count("offset", d.getOffset());
                    json.time("timestamp", d.getTimestamp());
                    json.text("reason", d.getReason().name());
                    json.text("detail", d.getDetail());
                    json.bytes("key", d.getKey());
                    json.bytes("value", d.getValue());
                    json.object(
                            "headers",
                            headers -> {
                                for (var header : new TreeMap<>(d.getHeaders()).entrySet()) {
                                    headers.bytes(header.getKey(), header.getValue());
                                }
                            });
                });
    }

    public String reading(Reading r) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("asset", r.getAsset());
                    json.text("modality", r.getModality());
                    json.time("time", r.getTime());
                    json.numbers("values", r.getValues());
                });
    }

    public String label(Label l) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("asset", l.getAsset());
                    json.time("time", l.getTime());
                    json.time("recordedAt", l.getRecordedAt());
                    json.number("value", l.getValue());
                    if (!l.getFurther().isEmpty()) {
                        json.numbers("further", l.getFurther());
                    }
                });
    }

    public String trainingSample(TrainingSample s) {
        return JsonFields.object(
                order,
                json -> {
                    json.text("asset", s.getAsset());
                    json.time("time", s.getTime());
                    json.time("recordedAt", s.getRecordedAt());
                    json.number("target", s.getTarget());
                    json.number("prediction", s.getPrediction());
                    json.count("modelVersion", s.getModelVersion());
                    json.texts("present", s.getPresent());
                    json.numbers("values", s.getValues());
                    if (!s.getFurther().isEmpty()) {
                        json.numbers("further", s.getFurther());
                        json.numbers("furtherPredictions", s.getFurtherPredictions());
                    }
                    if (!s.getPast().isEmpty()) {
                        json.numbers("past", s.getPast());
                    }
                });
    }

    private static void encoder(JsonFields json, ModelModality m) throws IOException {
        json.text("name", m.getName());
        json.texts("channels", m.getChannels());
        json.count("latent", (long) m.getLatent());
    }

    /** Without the parameters themselves. */
    public String modelVersion(ModelVersion v) {
        return JsonFields.object(
                order,
                json -> {
                    json.count("version", v.getVersion());
                    json.text("state", v.getState().name());
                    json.count("parent", v.getParent());
                    json.time("createdAt", v.getCreatedAt());
                    json.time("effectiveFrom", v.getEffectiveFrom());
                    json.objects("modalities", v.getModalities(), RecordJson::encoder);
                    json.text("configurationHash", v.getConfigurationHash());
                    json.text("sha256", v.getSha256());
                    json.text("uri", v.getUri());
                    json.numbers("metrics", v.getMetrics());
                    json.text("reason", v.getReason());
                });
    }
}
