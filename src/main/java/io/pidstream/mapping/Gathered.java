package io.pidstream.mapping;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Reading;
import io.pidstream.event.Modalities;
import io.pidstream.event.Targets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been read from one message. Values of one modality, asset and time become one reading.
 *
 * <p>A message has one dead letter at most, which counts the further problems: each letter carries
 * the whole message, so one per record of a large array would multiply its size.
 */
final class Gathered {
    private final Modalities modalities;
    private final List<String> targets;
    private final Admission admission;
    private final Origin origin;
    private final MappingOutput out;
    private final Map<ReadingKey, Double[]> readings = new LinkedHashMap<>();
    private final Map<LabelKey, Double[]> labels = new LinkedHashMap<>();
    private String place = "";
    private DeadLetter first;
    private int further;

    private record ReadingKey(String asset, int modality, Instant time) {}

    private record LabelKey(String asset, Instant time, Instant recordedAt) {}

    Gathered(
            Modalities modalities,
            List<String> targets,
            Admission admission,
            Origin origin,
            MappingOutput out) {
        this.modalities = modalities;
        this.targets = targets;
        this.admission = admission;
        this.origin = origin;
        this.out = out;
    }

    /** What follows is of record {@code index} of {@code count}. */
    void at(int index, int count) {
        place = count == 1 ? "" : "record %d of %d: ".formatted(index + 1, count);
    }

    /**
     * @param values [channels]; null for a missing value
     */
    void reading(String asset, int modality, Instant time, Double[] values) {
        merge(readings, new ReadingKey(asset, modality, time), values);
    }

    /**
     * @param values [targets]; null for a missing value
     */
    void label(String asset, Instant time, Instant recordedAt, Double[] values) {
        merge(labels, new LabelKey(asset, time, recordedAt), values);
    }

    private static <K> void merge(Map<K, Double[]> all, K key, Double[] values) {
        Double[] known = all.putIfAbsent(key, values);
        for (int i = 0; known != null && i < values.length; i++) {
            known[i] = values[i] == null ? known[i] : values[i];
        }
    }

    void ignored(Ignored reason) {
        out.ignored(reason);
    }

    void refuse(Mismatch problem) {
        refused(Admission.refuse(origin, problem.reason(), place + problem.getMessage()));
    }

    private void refused(Inbound letter) {
        if (first == null) {
            first = letter.deadLetter();
        } else {
            further++;
        }
    }

    /** Passes everything on, admitted. */
    void finish() {
        readings.forEach(
                (key, values) ->
                        passOn(
                                admission.admit(
                                        new Reading(
                                                key.asset(),
                                                modalities.all().get(key.modality()).name(),
                                                key.time(),
                                                Arrays.asList(values)),
                                        origin)));
        labels.forEach(this::passOn);
        if (first != null) {
            if (further > 0) {
                first.setDetail(
                        "%s; %d more parts of this message do not fit"
                                .formatted(first.getDetail(), further));
            }
            out.inbound(Inbound.of(first));
        }
    }

    private void passOn(LabelKey key, Double[] values) {
        for (int t = 0; t < values.length; t++) {
            if (values[t] == null) {
                place = "";
                refuse(
                        Mismatch.of(
                                "target %s is missing; expected a number for every target: %s"
                                        .formatted(targets.get(t), String.join(", ", targets))));
                return;
            }
        }
        double[] numbers = Arrays.stream(values).mapToDouble(Double::doubleValue).toArray();
        passOn(
                admission.admit(
                        Targets.label(key.asset(), key.time(), key.recordedAt(), numbers), origin));
    }

    private void passOn(Inbound inbound) {
        if (inbound.deadLetter() == null) {
            out.inbound(inbound);
        } else {
            refused(inbound);
        }
    }
}
