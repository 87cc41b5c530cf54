package io.pidstream.kafka;

import io.pidstream.event.Modalities;
import java.util.ArrayList;
import java.util.List;

/**
 * The topics that a pipeline reads from.
 *
 * @param own pidstream's own, which {@code topics create} creates
 * @param others topics of others, which must exist
 * @param labels the topic of the labels
 */
public record InputTopics(List<String> own, List<String> others, String labels) {
    public InputTopics {
        own = List.copyOf(own);
        others = List.copyOf(others);
    }

    /**
     * @param topics pidstream's own
     * @param mapped topics of others; if there are any, all readings are in them, and the labels
     *     unless none of them has labels
     */
    public static InputTopics of(Topics topics, Modalities modalities, List<MappedTopic> mapped) {
        List<String> others = mapped.stream().map(MappedTopic::name).toList();
        String labels =
                mapped.stream()
                        .filter(MappedTopic::hasLabels)
                        .map(MappedTopic::name)
                        .findFirst()
                        .orElse(topics.labels());
        List<String> own = new ArrayList<>();
        if (mapped.isEmpty()) {
            modalities.names().forEach(modality -> own.add(topics.readings(modality)));
        }
        if (!others.contains(labels)) {
            own.add(labels);
        }
        return new InputTopics(own, others, labels);
    }

    /** Whether the labels are in pidstream's own topic. */
    public boolean hasOwnLabels() {
        return own.contains(labels);
    }
}
