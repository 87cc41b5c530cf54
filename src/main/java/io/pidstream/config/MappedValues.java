package io.pidstream.config;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.mapping.FieldPath;
import io.pidstream.mapping.MappedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The channels and targets of one of the sources; reports those that do not exist. */
final class MappedValues {
    private final ConfigNode node;
    private final Modalities modalities;
    private final String modality;
    private final List<String> targets;
    private final boolean isLong;
    private final List<MappedValue> all = new ArrayList<>();
    private final Set<String> mapped = new HashSet<>();

    /**
     * @param node one of the sources
     * @param modality modality of its channels; null for any
     * @param targets names of the configured targets
     */
    MappedValues(ConfigNode node, Modalities modalities, String modality, List<String> targets) {
        this.node = node;
        this.modalities = modalities;
        this.modality = modality;
        this.targets = targets;
        this.isLong = node.has(SourcesSection.METRIC);
    }

    List<MappedValue> all() {
        return all;
    }

    /**
     * @param fields field of each channel
     */
    void channels(Map<String, String> fields) {
        fields.forEach(
                (channel, field) -> {
                    String place = SourcesSection.CHANNELS.path().replace("sources[].", "");
                    checkField(place + "." + channel, field);
                    channel(place, channel, field);
                });
    }

    private void channel(String place, String name, String field) {
        List<MappedValue> found = new ArrayList<>();
        for (int m = 0; m < modalities.count(); m++) {
            Modality of = modalities.all().get(m);
            if (modality == null || modality.equals(of.name())) {
                found(of, m, name, field).ifPresent(found::add);
            }
        }
        if (found.size() != 1) {
            node.problem(node.place(place), name, expected(found));
        } else if (mapped.add(found.get(0).modality() + "." + found.get(0).index())) {
            all.add(found.get(0));
        } else {
            node.problem(node.place(place), name, "each channel once");
        }
    }

    /** The channel of a modality that is meant by a name, with or without the modality's. */
    private Optional<MappedValue> found(Modality of, int index, String name, String field) {
        String beginning = of.name() + ".";
        int channel =
                name.startsWith(beginning)
                        ? of.channels().indexOf(name.substring(beginning.length()))
                        : -1;
        if (channel < 0) {
            channel = of.channels().indexOf(name);
        }
        String written = modality == null ? beginning : "";
        return channel < 0
                ? Optional.empty()
                : Optional.of(
                        new MappedValue(
                                field, index, channel, written + of.channels().get(channel)));
    }

    private String expected(List<MappedValue> found) {
        if (!found.isEmpty()) {
            return "one modality's: "
                    + String.join(" or ", found.stream().map(MappedValue::name).toList());
        }
        List<String> channels = new ArrayList<>();
        for (Modality of : modalities.all()) {
            if (modality == null) {
                of.channels().forEach(channel -> channels.add(of.name() + "." + channel));
            } else if (modality.equals(of.name())) {
                channels.addAll(of.channels());
            }
        }
        return "one of " + String.join(", ", channels);
    }

    /**
     * @param field field of the only target; null if there is none
     */
    void target(String field) {
        if (field == null) {
            return;
        }
        if (targets.size() > 1) {
            node.problem(
                    SourcesSection.TARGET,
                    field,
                    "targets with a field each of " + String.join(", ", targets));
            return;
        }
        checkField("target", field);
        all.add(new MappedValue(field, MappedValue.TARGET, 0, targets.get(0)));
    }

    /**
     * @param fields field of each target; empty if there is none
     */
    void targets(Map<String, String> fields) {
        if (fields.isEmpty()) {
            return;
        }
        if (node.has(SourcesSection.TARGET)) {
            node.problem(SourcesSection.TARGETS, fields.keySet(), "target or targets, not both");
        }
        fields.forEach((target, field) -> checkField("targets." + target, field));
        if (!fields.keySet().equals(Set.copyOf(targets))) {
            node.problem(
                    SourcesSection.TARGETS,
                    String.join(", ", fields.keySet()),
                    "a field for each target: " + String.join(", ", targets));
            return;
        }
        for (int t = 0; t < targets.size(); t++) {
            String name = targets.get(t);
            all.add(new MappedValue(fields.get(name), MappedValue.TARGET, t, name));
        }
    }

    private void checkField(String place, String field) {
        if (!isLong) {
            FieldPath.problem(field)
                    .ifPresent(expected -> node.problem(node.place(place), field, expected));
        }
    }
}
