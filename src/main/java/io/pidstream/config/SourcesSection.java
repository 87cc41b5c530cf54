package io.pidstream.config;

import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.flag;
import static io.pidstream.config.KeyTypes.path;
import static io.pidstream.config.KeyTypes.text;
import static io.pidstream.config.KeyTypes.texts;

import io.pidstream.event.Modalities;
import io.pidstream.mapping.AssetField;
import io.pidstream.mapping.FieldPath;
import io.pidstream.mapping.MappedValue;
import io.pidstream.mapping.MessageFormat;
import io.pidstream.mapping.TimeField;
import io.pidstream.mapping.TopicMapping;
import io.pidstream.time.TimeFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The list {@code sources}: topics of others, and what their fields are. */
final class SourcesSection {
    static final Section<TopicMapping> KEYS = Section.listOf("sources", PipelineConfig::sources);

    private static final List<String> UNITS = List.of("s", "ms", "us", "ns");

    static final Key<String> TOPIC =
            KEYS.key("topic", text("[A-Za-z0-9._-]{1,249}", "the name of a topic"))
                    .of(TopicMapping::topic)
                    .means(
                            "Name of a [topic as it is](topics-as-they-are.md), instead of"
                                    + " pidstream's own topics of readings.");

    static final Key<MessageFormat> FORMAT =
            KEYS.key("format", choice(MessageFormat.class))
                    .or(MessageFormat.JSON)
                    .of(TopicMapping::format)
                    .means(
                            "Format of its values; `avro` is Avro of any schema that is in"
                                    + " `kafka.schema-registry`.");

    static final Key<String> MODALITY =
            KEYS.key("modality", text())
                    .orNone()
                    .of(TopicMapping::modality)
                    .means("Modality of its channels; without it, they may be of all.");

    static final Key<String> RECORDS =
            KEYS.key("records", path())
                    .orNone()
                    .of(TopicMapping::records)
                    .means(
                            "Field with an array of records; a field that a record does not have"
                                    + " is looked up in the whole message.");

    static final Key<Map<String, String>> ONLY =
            KEYS.key("only", texts("fields and the value that each must have"))
                    .or(Map.of())
                    .of(mapping -> mapping.only().isEmpty() ? null : mapping.only())
                    .means("Only records with these values are read.");

    static final Key<String> ASSET =
            KEYS.key("asset", path())
                    .or(Default.derived("required, or one of the next two", read -> null))
                    .of(mapping -> mapping.asset().field())
                    .means("Field of the asset.");

    static final Key<Boolean> ASSET_KEY =
            KEYS.key("asset.key", flag())
                    .orNone()
                    .of(mapping -> mapping.asset().key() ? true : null)
                    .means("Instead of a field: the record's key is the asset.");

    static final Key<String> ASSET_CONSTANT =
            KEYS.key("asset.constant", text())
                    .orNone()
                    .of(mapping -> mapping.asset().constant())
                    .means("Instead of a field: the asset of every record.");

    static final TimeKeys TIME =
            new TimeKeys("time", TopicMapping::time, "The time of measurement");

    static final Key<Map<String, String>> CHANNELS =
            KEYS.key("channels", texts("channels and their fields"))
                    .or(Map.of())
                    .of(mapping -> mapping.hasReadings() ? channels(mapping) : null)
                    .means(
                            "Field of each channel; one that several modalities have is written"
                                    + " with its modality, as in `thermal.inlet`. With `metric`:"
                                    + " the name of its metric.");

    static final Key<String> METRIC =
            KEYS.key("metric", path())
                    .orNone()
                    .of(TopicMapping::metric)
                    .means("For records of one value each: field of the name of what it is.");

    static final Key<String> VALUE =
            KEYS.key("value", path())
                    .orNone()
                    .of(TopicMapping::value)
                    .means("For records of one value each: field of the value.");

    static final Key<List<String>> MISSING =
            KEYS.key("missing", ListType.ofDistinct(text(), "texts or numbers", 0, 100))
                    .or(List.of())
                    .of(mapping -> mapping.missing().isEmpty() ? null : mapping.missing())
                    .means(
                            "What else stands for a missing value, such as -999 or \"NA\", as a"
                                    + " number or as text; always do null, NaN, an empty text and a"
                                    + " field that is not there.");

    static final Key<String> TARGET =
            KEYS.key("target", text())
                    .orNone()
                    .of(mapping -> targets(mapping).size() == 1 ? target(mapping) : null)
                    .means("Field of the target, if the topic has labels; a metric with `metric`.");

    static final Key<Map<String, String>> TARGETS =
            KEYS.key("targets", texts("targets and their fields"))
                    .or(Map.of())
                    .of(mapping -> targets(mapping).size() > 1 ? targets(mapping) : null)
                    .means("The same for several targets.");

    static final TimeKeys RECORDED_AT =
            new TimeKeys(
                    "recorded-at",
                    TopicMapping::recordedAt,
                    "When a label became known, by default when its Kafka record was written, but"
                            + " not before the time of measurement");

    static final Key<Duration> RECORDED_DELAY =
            KEYS.key("recorded-at.delay", duration(Duration.ZERO))
                    .orNone()
                    .of(mapping -> mapping.recordedAt().delay())
                    .means(
                            "Instead of a field: so long after the time of measurement, as for"
                                    + " labels that are sent long afterwards.");

    private SourcesSection() {}

    /** The keys of a time. */
    static final class TimeKeys {
        final Key<String> field;
        final Key<String> unit;
        final Key<String> format;
        final Key<String> zone;
        final Key<Boolean> record;

        TimeKeys(String name, Function<TopicMapping, TimeField> time, String meaning) {
            boolean isTime = name.equals("time");
            field =
                    KEYS.key(name + ".field", path())
                            .or(
                                    isTime
                                            ? Default.derived("required, or `record`", r -> null)
                                            : Default.none())
                            .of(mapping -> time.apply(mapping).field())
                            .means(meaning + ": its field.");
            unit =
                    KEYS.key(name + ".unit", choice(UNITS))
                            .orNone()
                            .of(mapping -> time.apply(mapping).unit())
                            .means("Unit of a number since 1970; it may have a fraction.");
            format =
                    KEYS.key(name + ".format", text())
                            .orNone()
                            .of(mapping -> time.apply(mapping).format())
                            .means(
                                    "Format of a text: `iso`, or a pattern by the letters of"
                                            + " Java's DateTimeFormatter.");
            zone =
                    KEYS.key(name + ".zone", text(SourcesSection::isZone, ZONE))
                            .orNone()
                            .of(mapping -> time.apply(mapping).zone())
                            .means("Time zone of a text without one; UTC if not given.");
            record =
                    KEYS.key(name + ".record", flag())
                            .orNone()
                            .of(
                                    mapping ->
                                            ((isTime || mapping.hasLabels())
                                                            && time.apply(mapping).isRecord())
                                                    ? true
                                                    : null)
                            .means("Instead of a field: the timestamp of the Kafka record.");
        }

        private static final String ZONE = "a time zone such as Europe/Berlin or +01:00";

        TimeField read(ConfigNode node) {
            String path = node.get(field);
            if (path == null || Boolean.TRUE.equals(node.get(record))) {
                if (path != null) {
                    node.problem(record, true, "a field or the record's timestamp, not both");
                }
                return TimeField.RECORD;
            }
            String pattern = node.get(format);
            if ((node.get(unit) == null) == (pattern == null)) {
                node.problem(
                        field,
                        path,
                        pattern == null
                                ? "a unit of s, ms, us or ns beside it, or a format"
                                : "either a unit or a format beside it");
            } else if (pattern != null) {
                checkFormat(node, pattern);
            }
            return new TimeField(path, node.get(unit), pattern, node.get(zone), null);
        }

        private void checkFormat(ConfigNode node, String pattern) {
            try {
                TimeFormat.of(pattern);
            } catch (IllegalArgumentException e) {
                node.problem(
                        format,
                        pattern,
                        "iso or a pattern such as yyyy-MM-dd HH:mm:ss: " + e.getMessage());
            }
        }
    }

    private static boolean isZone(String text) {
        try {
            return ZoneId.of(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Map<String, String> channels(TopicMapping mapping) {
        Map<String, String> channels = new LinkedHashMap<>();
        for (MappedValue value : mapping.values()) {
            if (!value.isTarget()) {
                channels.put(value.name(), value.field());
            }
        }
        return channels;
    }

    private static Map<String, String> targets(TopicMapping mapping) {
        Map<String, String> targets = new LinkedHashMap<>();
        for (MappedValue value : mapping.values()) {
            if (value.isTarget()) {
                targets.put(value.name(), value.field());
            }
        }
        return targets;
    }

    private static String target(TopicMapping mapping) {
        return targets(mapping).values().iterator().next();
    }

    static List<TopicMapping> read(ConfigNode root, Modalities modalities, List<String> targets) {
        List<TopicMapping> mappings = new ArrayList<>();
        for (ConfigNode node : root.items(KEYS)) {
            mappings.add(mapping(node, modalities, targets));
        }
        SourcesCheck.check(root, mappings, modalities);
        return mappings;
    }

    private static TopicMapping mapping(
            ConfigNode node, Modalities modalities, List<String> targets) {
        String modality = node.get(MODALITY);
        if (modality != null && modalities.indexOf(modality) < 0) {
            node.problem(MODALITY, modality, "one of " + String.join(", ", modalities.names()));
        }
        MappedValues values = new MappedValues(node, modalities, modality, targets);
        values.channels(node.get(CHANNELS));
        values.target(node.get(TARGET));
        values.targets(node.get(TARGETS));
        checkForm(node, values.all().isEmpty());
        node.get(ONLY)
                .keySet()
                .forEach(
                        field ->
                                FieldPath.problem(field)
                                        .ifPresent(
                                                expected -> node.problem(ONLY, field, expected)));
        return new TopicMapping(
                node.get(TOPIC),
                node.get(FORMAT),
                modality,
                node.get(RECORDS),
                node.get(ONLY),
                asset(node),
                time(node),
                node.get(METRIC),
                node.get(VALUE),
                node.get(MISSING),
                values.all(),
                recordedAt(node));
    }

    private static void checkForm(ConfigNode node, boolean empty) {
        if (empty && !node.has(CHANNELS) && !node.has(TARGET) && !node.has(TARGETS)) {
            node.problem(CHANNELS, "missing", "channels, a target, or both");
        }
        if (node.has(METRIC) != node.has(VALUE)) {
            node.problem(
                    node.has(METRIC) ? VALUE : METRIC, "missing", "both metric and value, or none");
        }
    }

    private static AssetField asset(ConfigNode node) {
        if (!node.hasMapping(ASSET)) {
            return AssetField.of(node.require(ASSET));
        }
        boolean key = Boolean.TRUE.equals(node.get(ASSET_KEY));
        String constant = node.get(ASSET_CONSTANT);
        if (key == (constant != null)) {
            node.problem(ASSET, node.find(ASSET), "{key: true} or {constant: …}");
        }
        return new AssetField(null, key, constant);
    }

    private static TimeField time(ConfigNode node) {
        if (!node.has(TIME.field) && !Boolean.TRUE.equals(node.get(TIME.record))) {
            node.problem(TIME.field, "missing", "the field of the time, or {record: true} instead");
        }
        return TIME.read(node);
    }

    private static TimeField recordedAt(ConfigNode node) {
        Duration delay = node.get(RECORDED_DELAY);
        if (delay == null) {
            return RECORDED_AT.read(node);
        }
        if (node.has(RECORDED_AT.field) || node.has(RECORDED_AT.record)) {
            node.problem(RECORDED_DELAY, delay, "a delay or a field, not both");
        }
        return TimeField.after(delay);
    }
}
