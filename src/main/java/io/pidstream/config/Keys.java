package io.pidstream.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All keys of the configuration, in the order of the page on configuration. To add a key, declare a
 * constant in its section and pass its value where the section creates its record.
 */
public final class Keys {
    static final List<Section<?>> SECTIONS =
            List.of(
                    ConfigReader.TOP,
                    ModalitiesSection.KEYS,
                    TargetSection.KEYS,
                    AlignmentSection.KEYS,
                    LearningSection.KEYS,
                    PidSection.KEYS,
                    EncoderSection.KEYS,
                    TrainingSection.KEYS,
                    EncoderSection.VERSIONS,
                    AlertsSection.KEYS,
                    NotifySection.KEYS,
                    MetricsSection.KEYS,
                    CsvSection.KEYS,
                    KafkaSection.KEYS,
                    SourcesSection.KEYS,
                    ConfigReader.PASSED_ON);

    private static final List<Key<?>> ALL =
            SECTIONS.stream().<Key<?>>flatMap(section -> section.keys().stream()).toList();

    /** Names of keys by the path of their mapping. */
    private static final Map<String, Set<String>> NAMES = names();

    private Keys() {}

    private static Map<String, Set<String>> names() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (Key<?> key : ALL) {
            String path = key.path();
            while (!path.isEmpty()) {
                int dot = path.lastIndexOf('.');
                String parent = dot < 0 ? "" : path.substring(0, dot);
                names.computeIfAbsent(parent, p -> new LinkedHashSet<>())
                        .add(path.substring(dot + 1).replace("[]", ""));
                path = parent;
            }
        }
        return names;
    }

    /** All keys. */
    public static List<Key<?>> all() {
        return ALL;
    }

    /** Whether there is a key of this path, {@code []} after the name of a list. */
    public static boolean has(String path) {
        return ALL.stream().anyMatch(key -> key.path().equals(path));
    }

    /** The names that a mapping may have; none if it is not a mapping of keys of pidstream. */
    static Set<String> names(String path) {
        return NAMES.getOrDefault(path, Set.of());
    }
}
