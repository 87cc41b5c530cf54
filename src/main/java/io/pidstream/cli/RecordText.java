package io.pidstream.cli;

import io.pidstream.avro.Alert;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.json.ModalityOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records as the cells of a row that a person reads; numbers are rounded. */
final class RecordText {
    private final ModalityOrder order;

    /**
     * @param modalities names in the order of the configuration; may be empty
     */
    RecordText(List<String> modalities) {
        this.order = new ModalityOrder(modalities);
    }

    /** Between several targets. */
    private static final String TARGETS = " | ";

    static final List<String> PREDICTION =
            List.of("TIME", "ASSET", "PREDICTION", "INTERVAL", "CONTRIBUTIONS", "MODEL");

    List<String> prediction(Prediction p) {
        return List.of(
                p.getTime().toString(),
                p.getAsset(),
                ofTargets(p.getPrediction(), p.getFurther(), TargetPrediction::getPrediction),
                Stream.concat(
                                Stream.of(interval(p.getLower(), p.getUpper())),
                                p.getFurther().stream()
                                        .map(f -> interval(f.getLower(), f.getUpper())))
                        .collect(Collectors.joining(TARGETS)),
                Stream.concat(
                                Stream.of(parts(p.getContributions(), p.getBaseline())),
                                p.getFurther().stream()
                                        .map(f -> parts(f.getContributions(), f.getBaseline())))
                        .collect(Collectors.joining(TARGETS)),
                Long.toString(p.getModelVersion()));
    }

    /** Of the first target and of the others, in the order of the configuration. */
    private static <F> String ofTargets(
            double first, List<F> further, ToDoubleFunction<F> valueOf) {
        return Stream.concat(
                        Stream.of(number(first)),
                        further.stream().map(f -> number(valueOf.applyAsDouble(f))))
                .collect(Collectors.joining(TARGETS));
    }

    private static String interval(double lower, double upper) {
        return "[%s, %s]".formatted(number(lower), number(upper));
    }

    private String parts(Map<String, Double> contributions, double baseline) {
        return "%s  baseline %s".formatted(numbers(contributions, true), number(baseline));
    }

    static final List<String> EXPLANATION =
            List.of("TIME", "ASSET", "STATUS", "INFORMATION [bit]", "ATOMS [bit]");

    List<String> explanation(Explanation e) {
        boolean defined = e.getStatus() == ExplanationStatus.OK;
        return List.of(
                e.getTime().toString(),
                e.getAsset(),
                e.getStatus().name(),
                defined ? numbers(e.getInformation(), false) : "",
                defined ? atoms(e) : e.getReason());
    }

    private String atoms(Explanation e) {
        List<String> atoms = new ArrayList<>();
        order.sorted(e.getUnique())
                .forEach((name, bits) -> atoms.add("unique %s %s".formatted(name, number(bits))));
        if (e.getRedundant() != null) {
            atoms.add("redundant " + number(e.getRedundant()));
        }
        if (e.getSynergistic() != null) {
            atoms.add("synergistic " + number(e.getSynergistic()));
        }
        return String.join("  ", atoms);
    }

    static final List<String> ALERT =
            List.of("OPENED", "STATE", "KIND", "ASSET", "MODALITY", "CHANGED", "MESSAGE");

    static List<String> alert(Alert a) {
        return List.of(
                a.getOpenedAt().toString(),
                a.getState().name(),
                a.getKind(),
                a.getAsset(),
                Objects.toString(a.getModality(), "-")
                        + (a.getDirection() == null ? "" : " " + a.getDirection()),
                a.getChangeTime().toString(),
                a.getMessage());
    }

    static final List<String> DEAD_LETTER = List.of("REASON", "WHERE", "DETAIL");

    static List<String> deadLetter(DeadLetter d) {
        String where = "%s-%d@%d".formatted(d.getTopic(), d.getPartition(), d.getOffset());
        return List.of(d.getReason().name(), where, d.getDetail());
    }

    static final List<String> READING = List.of("TIME", "ASSET", "MODALITY", "VALUES");

    static List<String> reading(Reading r) {
        return List.of(
                r.getTime().toString(), r.getAsset(), r.getModality(), values(r.getValues()));
    }

    static final List<String> LABEL = List.of("TIME", "ASSET", "VALUE", "RECORDED");

    static List<String> label(Label l) {
        return List.of(
                l.getTime().toString(),
                l.getAsset(),
                ofTargets(l.getValue(), l.getFurther(), Double::doubleValue),
                l.getRecordedAt().toString());
    }

    static final List<String> TRAINING_SAMPLE =
            List.of("TIME", "ASSET", "TARGET", "PREDICTION", "MODEL", "VALUES");

    static List<String> trainingSample(TrainingSample s) {
        return List.of(
                s.getTime().toString(),
                s.getAsset(),
                ofTargets(s.getTarget(), s.getFurther(), Double::doubleValue),
                s.getPrediction() == null
                        ? "-"
                        : ofTargets(
                                s.getPrediction(), s.getFurtherPredictions(), Double::doubleValue),
                Long.toString(s.getModelVersion()),
                values(s.getValues()));
    }

    static final List<String> MODEL_VERSION =
            List.of("VERSION", "STATE", "CREATED", "EFFECTIVE", "METRICS", "REASON");

    List<String> modelVersion(ModelVersion v) {
        return List.of(
                Long.toString(v.getVersion()),
                v.getState().name(),
                v.getCreatedAt().toString(),
                v.getEffectiveFrom().toString(),
                numbers(v.getMetrics(), false),
                v.getReason());
    }

    private String numbers(Map<String, Double> values, boolean signed) {
        return order.sorted(values).entrySet().stream()
                .map(
                        entry ->
                                entry.getKey()
                                        + " "
                                        + (signed && entry.getValue() >= 0 ? "+" : "")
                                        + number(entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    private static String values(List<Double> values) {
        return values.stream()
                .map(value -> value == null ? "-" : number(value))
                .collect(Collectors.joining(" "));
    }

    /** Four decimals, or an exponent where they would say nothing. */
    private static String number(double value) {
        double size = Math.abs(value);
        boolean plain = size == 0 || (size >= 1e-3 && size < 1e7) || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
    }
}
