package io.pidstream.kafka;

import io.pidstream.event.Modalities;
import java.util.ArrayList;
import java.util.List;

/**
 * The topics that a pipeline reads from.
 *
 * @param own pidstream's own, which {@code topics create} creates
 * @param others topics of others, which must exist
 * @param labels those of them that have labels
 */
public record InputTopics(List<String> own, List<String> others, List<String> labels) {
    public InputTopics {
        own = List.copyOf(own);
        others = List.copyOf(others);
        labels = List.copyOf(labels);
    }

    /**
     * @param topics pidstream's own
     * @param mapped topics of others; if there are any, all readings are in them, and the labels
     *     unless none of them has labels
     */
    public static InputTopics of(Topics topics, Modalities modalities, List<MappedTopic> mapped) {
        List<String> others = mapped.stream().map(MappedTopic::name).toList();
        List<String> labels =
                mapped.stream().filter(MappedTopic::hasLabels).map(MappedTopic::name).toList();
        List<String> own = new ArrayList<>();
        if (mapped.isEmpty()) {
            modalities.names().forEach(modality -> own.add(topics.readings(modality)));
        }
        if (labels.isEmpty()) {
            own.add(topics.labels());
            labels = List.of(topics.labels());
        }
        return new InputTopics(own, others, labels);
    }

    /** Whether the labels are in pidstream's own topic. */
    public boolean hasOwnLabels() {
        return own.containsAll(labels);
    }
}
