package io.pidstream.record;

import io.pidstream.avro.Alert;
import io.pidstream.avro.AlertAction;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Label;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.avro.Reading;
import io.pidstream.avro.TargetPrediction;
import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modality;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records as the cells of a row of text: times in UTC, numbers rounded, with the names of the
 * configuration if there is one. Fields without a cell are in the JSON only.
 */
public final class RecordText {
    /** Separates several targets, or several modalities. */
    private static final String BETWEEN = " | ";

    private static final String NONE = "-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FINE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final List<Modality> modalities;
    private final List<String> targets;
    private final ModalityOrder order;

    /**
     * @param modalities in the order of the configuration; may be empty
     * @param targets names in the order of the configuration; may be empty
     */
    public RecordText(List<Modality> modalities, List<String> targets) {
        this.modalities = List.copyOf(modalities);
        this.targets = List.copyOf(targets);
        this.order = new ModalityOrder(modalities.stream().map(Modality::name).toList());
    }

    public static final List<String> PREDICTION =
            List.of("TIME (UTC)", "ASSET", "PREDICTED", "RANGE", "USUAL", "CONTRIBUTIONS", "MODEL");

    public List<String> prediction(Prediction p) {
        List<TargetPrediction> all = new ArrayList<>(p.getFurther());
        String first = targets.isEmpty() ? "" : targets.get(0);
        all.add(
                0,
                new TargetPrediction(
                        first,
                        p.getPrediction(),
                        p.getLower(),
                        p.getUpper(),
                        p.getContributions(),
                        p.getBaseline(),
                        p.getExpectedError(),
                        p.getIntervals(),
                        p.getChannels(),
                        p.getYardsticks()));
        return List.of(
                time(p.getTime()),
                p.getAsset() + (p.getStatus() == PredictionStatus.OK ? "" : " (not running)"),
                each(all, of -> named(of.getTarget(), number(of.getPrediction()), all.size())),
                each(all, of -> number(of.getLower()) + " … " + number(of.getUpper())),
                each(all, of -> number(of.getBaseline())),
                each(all, of -> contributions(of.getContributions(), p.getPresent())),
                Long.toString(p.getModelVersion()));
    }

    private static <T> String each(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining(BETWEEN));
    }

    /** The value, with its name if there are several. */
    private static String named(String name, String value, int count) {
        return count > 1 && !name.isEmpty() ? name + " " + value : value;
    }

    private String contributions(Map<String, Double> contributions, List<String> present) {
        return order.sorted(contributions).entrySet().stream()
                .map(
                        of ->
                                of.getKey()
                                        + " "
                                        + (present.contains(of.getKey())
                                                ? (of.getValue() < 0 ? "" : "+")
                                                        + number(of.getValue())
                                                : "absent"))
                .collect(Collectors.joining("  "));
    }

    public static final List<String> EXPLANATION =
            List.of("TIME (UTC)", "ASSET", "KNOWN [bit]", "PARTS [bit]", "SHARES", "SAMPLES");

    public List<String> explanation(Explanation e) {
        boolean defined = e.getStatus() == ExplanationStatus.OK;
        return List.of(
                time(e.getTime()),
                e.getAsset(),
                defined ? known(e) : NONE,
                defined ? parts(e) : e.getStatus().name() + ": " + e.getReason(),
                defined ? shares(e.getShapley()) : NONE,
                String.format(Locale.ROOT, "%.0f", e.getEffectiveSamples()));
    }

    /** Joint information of all modalities, which is the last entry. */
    private String known(Explanation e) {
        if (e.getInformation().isEmpty()) {
            return NONE;
        }
        String all = order.sorted(e.getInformation()).lastKey();
        Double error = e.getStandardError().get(all);
        String bits = number(e.getInformation().get(all));
        return error == null ? bits : bits + " ± " + number(error);
    }

    private String parts(Explanation e) {
        List<String> parts = new ArrayList<>();
        order.sorted(e.getUnique())
                .forEach((name, bits) -> parts.add("unique %s %s".formatted(name, number(bits))));
        if (e.getRedundant() != null) {
            parts.add("redundant " + number(e.getRedundant()));
        }
        if (e.getSynergistic() != null) {
            parts.add("synergistic " + number(e.getSynergistic()));
        }
        return String.join("  ", parts);
    }

    private String shares(Map<String, Double> shapley) {
        double sum = shapley.values().stream().mapToDouble(Double::doubleValue).sum();
        return order.sorted(shapley).entrySet().stream()
                .map(
                        of ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.0f %%",
                                        of.getKey(),
                                        sum > 0 ? 100 * of.getValue() / sum : 0))
                .collect(Collectors.joining("  "));
    }

    public static final List<String> ALERT =
            List.of("TOLD (UTC)", "STATE", "KIND", "ASSET", "ABOUT", "CHANGED (UTC)", "MESSAGE");

    public static List<String> alert(Alert a) {
        boolean opens = a.getState() == AlertState.OPEN;
        String subject = a.getChannel() == null ? a.getModality() : a.getChannel();
        String about =
                Stream.of(subject, a.getDirection())
                        .filter(word -> word != null)
                        .map(word -> word.equals(subject) ? word : word.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
        return List.of(
                time(opens ? a.getOpenedAt() : a.getResolvedAt()),
                a.getHandling() == null ? a.getState().name() : a.getHandling(),
                a.getKind(),
                a.getAsset(),
                about.isEmpty() ? NONE : about,
                time(a.getChangeTime()),
                opens ? withoutAsset(a) : ended(a));
    }

    private static String withoutAsset(Alert a) {
        String before = a.getAsset() + ": ";
        String message = a.getMessage();
        return message.startsWith(before) ? message.substring(before.length()) : message;
    }

    private static String ended(Alert a) {
        String open = time(Duration.between(a.getOpenedAt(), a.getResolvedAt()));
        return "over after %s: %s".formatted(open, a.getResolution());
    }

    public static final List<String> ALERT_ACTION =
            List.of("FROM (UTC)", "ACTION", "ALERT OR SHELF", "WHO", "NOTE");

    public static List<String> alertAction(AlertAction a) {
        String with =
                Stream.of(
                                a.getAssignee(),
                                a.getOutcome() == null ? null : a.getOutcome().name(),
                                a.getUntil() == null ? null : "until " + time(a.getUntil()))
                        .filter(word -> word != null)
                        .map(word -> " " + word)
                        .collect(Collectors.joining());
        return List.of(
                time(a.getTime()),
                a.getAction().name() + with,
                a.getAlert() == null ? scope(a) : a.getAlert(),
                a.getWho(),
                a.getNote().isEmpty() ? NONE : a.getNote());
    }

    /** What a shelf silences. */
    public static String scope(AlertAction a) {
        return a.getKind()
                + " of "
                + a.getAsset()
                + (a.getModality() == null ? "" : ", " + a.getModality());
    }

    public static final List<String> DEAD_LETTER =
            List.of("TIME (UTC)", "REASON", "KEY", "FROM", "DETAIL");

    public static List<String> deadLetter(DeadLetter d) {
        boolean timed = d.getTimestamp().toEpochMilli() > 0;
        return List.of(
                timed ? time(d.getTimestamp()) : NONE,
                d.getReason().name(),
                d.getKey() == null ? NONE : text(d.getKey()),
                "%s-%d@%d".formatted(d.getTopic(), d.getPartition(), d.getOffset()),
                d.getDetail());
    }

    /** Invalid UTF-8 is shown as replacement characters. */
    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    public static final List<String> READING = List.of("TIME (UTC)", "ASSET", "MODALITY", "VALUES");

    public List<String> reading(Reading r) {
        return List.of(time(r.getTime()), r.getAsset(), r.getModality(), named(r, channels(r)));
    }

    /** Names of its channels; empty where they are not known. */
    private List<String> channels(Reading r) {
        return modalities.stream()
                .filter(modality -> modality.name().equals(r.getModality()))
                .map(Modality::channels)
                .filter(channels -> channels.size() == r.getValues().size())
                .findFirst()
                .orElse(List.of());
    }

    private static String named(Reading r, List<String> channels) {
        if (channels.isEmpty()) {
            return values(r.getValues());
        }
        List<String> named = new ArrayList<>();
        for (int c = 0; c < channels.size(); c++) {
            named.add(channels.get(c) + " " + value(r.getValues().get(c)));
        }
        return String.join("  ", named);
    }

    public static final List<String> LABEL =
            List.of("TIME (UTC)", "ASSET", "MEASURED", "KNOWN AFTER");

    public List<String> label(Label l) {
        return List.of(
                time(l.getTime()),
                l.getAsset(),
                measured(l.getValue(), l.getFurther()),
                time(Duration.between(l.getTime(), l.getRecordedAt())));
    }

    /** Of the first target and of the others, in the order of the configuration. */
    private String measured(double first, List<Double> further) {
        List<String> all = new ArrayList<>();
        for (int t = 0; t <= further.size(); t++) {
            String name = t < targets.size() ? targets.get(t) : "";
            double value = t == 0 ? first : further.get(t - 1);
            all.add(named(name, number(value), further.size() + 1));
        }
        return String.join(BETWEEN, all);
    }

    public static final List<String> TRAINING_SAMPLE =
            List.of("TIME (UTC)", "ASSET", "MEASURED", "PREDICTED", "MODEL", "VALUES");

    public List<String> trainingSample(TrainingSample s) {
        return List.of(
                time(s.getTime()),
                s.getAsset(),
                measured(s.getTarget(), s.getFurther()),
                s.getPrediction() == null
                        ? NONE
                        : measured(s.getPrediction(), s.getFurtherPredictions()),
                Long.toString(s.getModelVersion()),
                byModality(s.getValues()));
    }

    /** Under the names of the modalities, where they are known. */
    private String byModality(List<Double> values) {
        int channels = modalities.stream().mapToInt(m -> m.channels().size()).sum();
        if (channels != values.size()) {
            return values(values);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (Modality modality : modalities) {
            int to = from + modality.channels().size();
            List<Double> own = values.subList(from, to);
            boolean absent = own.stream().allMatch(value -> value == null);
            parts.add(modality.name() + " " + (absent ? "absent" : values(own)));
            from = to;
        }
        return String.join(BETWEEN, parts);
    }

    private static String values(List<Double> values) {
        return values.stream().map(RecordText::value).collect(Collectors.joining(" "));
    }

    private static String value(Double value) {
        return value == null ? NONE : number(value);
    }

    private static String time(Instant time) {
        return (time.toEpochMilli() % 1000 == 0 ? TIME : FINE_TIME).format(time);
    }

    /** Such as {@code 0.5s} and {@code 48h}. */
    private static String time(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** Four digits; more for large numbers, an exponent for small ones. */
    private static String number(double value) {
        double size = Math.abs(value);
        String format;
        if (!Double.isFinite(value) || size >= 1e7 || (size > 0 && size < 1e-3)) {
            format = "%.3e";
        } else if (size >= 100) {
            format = "%.1f";
        } else {
            format = size >= 10 ? "%.2f" : "%.3f";
        }
        return String.format(Locale.ROOT, format, value);
    }
}
