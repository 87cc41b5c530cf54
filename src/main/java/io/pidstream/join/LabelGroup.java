package io.pidstream.join;

import io.pidstream.align.SlotAggregate;
import io.pidstream.avro.Label;
import io.pidstream.event.PlacedLabel;
import io.pidstream.event.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Labels of a slot that are learned as one.
 *
 * @param members one of each time, in the order of time
 */
record LabelGroup(List<PlacedLabel> members) {
    /** The order in which labels of the same turn are learned. */
    static final Comparator<PlacedLabel> ORDER =
            Comparator.comparing(
                            PlacedLabel::label,
                            Comparator.comparing(Label::getTime)
                                    .thenComparing(Label::getRecordedAt)
                                    .thenComparing(Targets::of, Arrays::compare))
                    .thenComparing(PlacedLabel::partition)
                    .thenComparing(PlacedLabel::offset)
                    .thenComparing(
                            PlacedLabel::topic, Comparator.nullsFirst(Comparator.naturalOrder()));

    /**
     * The members among labels of a slot: the first of each time. Others of the same time are
     * repetitions or corrections, which are no further measurements.
     */
    static LabelGroup of(List<PlacedLabel> labels) {
        List<PlacedLabel> sorted = new ArrayList<>(labels);
        sorted.sort(ORDER);
        List<PlacedLabel> members = new ArrayList<>();
        Instant time = null;
        for (PlacedLabel placed : sorted) {
            if (!placed.label().getTime().equals(time)) {
                members.add(placed);
                time = placed.label().getTime();
            }
        }
        return new LabelGroup(members);
    }

    /** The one label: a member, or the mean, which is known when the last member is. */
    PlacedLabel aggregate(SlotAggregate how) {
        PlacedLabel first = members.get(0);
        PlacedLabel last = members.get(members.size() - 1);
        return switch (how) {
            case FIRST -> first;
            case LAST -> last;
            case MEAN -> members.size() == 1 ? first : mean(last);
        };
    }

    private PlacedLabel mean(PlacedLabel last) {
        double[] means = new double[Targets.of(last.label()).length];
        Instant known = last.label().getRecordedAt();
        for (PlacedLabel member : members) {
            double[] values = Targets.of(member.label());
            for (int t = 0; t < means.length; t++) {
                means[t] += values[t] / members.size(); // Their sum may overflow.
            }
            Instant recordedAt = member.label().getRecordedAt();
            known = recordedAt.isAfter(known) ? recordedAt : known;
        }
        Label label = Targets.label(last.asset(), last.label().getTime(), known, means);
        return new PlacedLabel(label, last.topic(), last.partition(), last.offset());
    }
}
