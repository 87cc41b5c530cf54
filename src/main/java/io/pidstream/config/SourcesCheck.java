package io.pidstream.config;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.mapping.MessageFormat;
import io.pidstream.mapping.TopicMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of all sources together. */
final class SourcesCheck {
    private static final String SOURCES = SourcesSection.KEYS.path();

    private final ConfigNode root;
    private final List<TopicMapping> mappings;

    private SourcesCheck(ConfigNode root, List<TopicMapping> mappings) {
        this.root = root;
        this.mappings = mappings;
    }

    static void check(ConfigNode root, List<TopicMapping> mappings, Modalities modalities) {
        if (mappings.isEmpty()) {
            return;
        }
        SourcesCheck check = new SourcesCheck(root, mappings);
        check.checkChannels(modalities);
        check.checkTopics();
        check.checkRegistry();
    }

    /** A frame is complete only with every channel. */
    private void checkChannels(Modalities modalities) {
        for (int m = 0; m < modalities.count(); m++) {
            Modality modality = modalities.all().get(m);
            List<String> missing = new ArrayList<>();
            for (int c = 0; c < modality.channels().size(); c++) {
                if (!isMapped(m, c)) {
                    missing.add(modality.channels().get(c));
                }
            }
            if (missing.size() == modality.channels().size()) {
                root.problem(SOURCES, "none for modality " + modality.name(), "one for each");
            } else {
                missing.forEach(
                        channel ->
                                root.problem(
                                        SOURCES,
                                        "none for channel %s.%s"
                                                .formatted(modality.name(), channel),
                                        "one for each channel of a modality"));
            }
        }
    }

    private boolean isMapped(int modality, int channel) {
        return mappings.stream()
                .flatMap(mapping -> mapping.values().stream())
                .anyMatch(value -> value.modality() == modality && value.index() == channel);
    }

    /** A topic may have records of several kinds, which the mappings must tell apart. */
    private void checkTopics() {
        Map<String, TopicMapping> first = new HashMap<>();
        for (int i = 0; i < mappings.size(); i++) {
            TopicMapping mapping = mappings.get(i);
            TopicMapping other = first.putIfAbsent(mapping.topic(), mapping);
            String place = "%s[%d]".formatted(SOURCES, i);
            if (other == null) {
                continue;
            }
            if (other.format() != mapping.format()) {
                root.problem(
                        place + ".format",
                        KeyTypes.text(mapping.format()),
                        "the one format of topic " + mapping.topic());
            }
            if (mapping.only().isEmpty() || other.only().isEmpty()) {
                root.problem(
                        place + ".topic",
                        mapping.topic(),
                        "another topic, or 'only' in each source of this one");
            }
        }
    }

    private void checkRegistry() {
        if (!root.has(KafkaSection.URL)
                && mappings.stream().anyMatch(mapping -> mapping.format() == MessageFormat.AVRO)) {
            root.problem(
                    KafkaSection.URL,
                    "missing",
                    "the address of the registry with the schemas of sources in avro");
        }
    }
}
