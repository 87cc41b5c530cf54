package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.choice;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.flag;
import static io.pidstream.config.KeyTypes.number;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.align.SlotAggregate;
import io.pidstream.config.PipelineConfig.Target;
import java.time.Duration;
import java.util.List;

/** The section {@code target}. */
final class TargetSection {
    static final Section<Target> KEYS = Section.of("target", PipelineConfig::target);

    static final Key<String> NAME =
            KEYS.key("name", text())
                    .of(target -> target.names().size() == 1 ? target.name() : null)
                    .means("Name of the target; its column in a file.");

    static final Key<List<String>> NAMES =
            KEYS.key("names", ListType.ofDistinct(text(), "targets", 1, 16))
                    .orNone()
                    .of(target -> target.names().size() == 1 ? null : target.names())
                    .means(
                            "Instead of `name`: several targets that become known together. Each"
                                    + " is predicted by itself; they are explained together.");

    static final Key<Duration> MAX_DELAY =
            KEYS.key("max-delay", duration(Duration.ZERO))
                    .or(Default.duration("PT48H"))
                    .of(Target::maxDelay)
                    .means("A label may arrive this long after its slot, in event time.");

    static final Key<Duration> IDLE_AFTER =
            KEYS.key("idle-after", duration(MILLISECOND))
                    .or(Default.duration("PT1S"))
                    .of(Target::idleAfter)
                    .means(
                            "After this long without a label, by the wall clock, labels no longer"
                                    + " hold back event time.");

    static final Key<Boolean> HISTORY =
            KEYS.key("history", flag())
                    .or(
                            Default.derived(
                                    "true; false with six modalities, with one named `history`,"
                                            + " and where `csv.time` is a row's",
                                    read ->
                                            ModalitiesSection.hasRoomForHistory(read)
                                                    && read.get(CsvSection.TIME_ROW) == null))
                    .of(target -> target.historyGiven() ? target.history() : null)
                    .means(
                            "Adds a modality `history`: the newest known target and its age in"
                                + " periods. `pid` decomposes it only where the file says true.");

    static final Key<SlotAggregate> AGGREGATE =
            KEYS.key("aggregate", choice(SlotAggregate.class))
                    .or(
                            Default.derived(
                                    "last; first with `alignment.aggregate: first`",
                                    read ->
                                            read.get(AlignmentSection.AGGREGATE)
                                                            == SlotAggregate.FIRST
                                                    ? SlotAggregate.FIRST
                                                    : SlotAggregate.LAST))
                    .of(Target::aggregate)
                    .means(
                            "What is learned where [several labels](own-data.md#slots) of an asset"
                                    + " fall into a slot: the one of the latest time, of the"
                                    + " earliest, or their mean.");

    static final Key<Double> MIN =
            KEYS.key("min", number())
                    .orNone()
                    .of(Target::min)
                    .means(
                            "Smallest value that a target can have: predictions and intervals are"
                                    + " never below it.");

    static final Key<Double> MAX =
            KEYS.key("max", number())
                    .orNone()
                    .of(Target::max)
                    .means(
                            "Largest value that a target can have: predictions and intervals are"
                                    + " never above it.");

    private TargetSection() {}

    static Target read(ConfigNode root) {
        if (root.has(NAMES) && root.has(NAME)) {
            root.problem(NAME, root.find(NAME), "either name or names, not both");
        }
        Double min = root.get(MIN);
        Double max = root.get(MAX);
        if (min != null && max != null && min >= max) {
            root.problem(MAX, max, "a number above target.min, " + Default.plain(min));
        }
        boolean first = root.get(AlignmentSection.AGGREGATE) == SlotAggregate.FIRST;
        if (first && root.get(AGGREGATE) != SlotAggregate.FIRST) {
            root.problem(AGGREGATE, root.find(AGGREGATE), "first, as alignment.aggregate is");
        }
        return new Target(
                root.has(NAMES) ? root.require(NAMES) : List.of(root.get(NAME)),
                root.get(MAX_DELAY),
                root.get(IDLE_AFTER),
                root.get(HISTORY),
                root.has(HISTORY),
                root.get(AGGREGATE),
                min,
                max);
    }
}
