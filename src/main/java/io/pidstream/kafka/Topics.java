package io.pidstream.kafka;

import io.pidstream.event.Modalities;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The names of the topics.
 *
 * @param prefix prefix of every name, such as {@code "air-quality."}
 */
public record Topics(String prefix) implements Serializable {
    public Topics {
        Objects.requireNonNull(prefix);
    }

    public String readings(String modality) {
        return prefix + "readings." + modality;
    }

    public String labels() {
        return prefix + "labels";
    }

    public String predictions() {
        return prefix + "predictions";
    }

    public String explanations() {
        return prefix + "explanations";
    }

    public String alerts() {
        return prefix + "alerts";
    }

    /** With one partition, so that what was done has an order. */
    public String alertActions() {
        return prefix + "alert-actions";
    }

    public String trainingSamples() {
        return prefix + "training-samples";
    }

    /** Compacted, with one partition, so that records of versions have a total order. */
    public String modelVersions() {
        return prefix + "model-versions";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    public String lateReadings() {
        return prefix + "late-readings";
    }

    /** Input topics: the readings in the order of the modalities, then the labels. */
    public List<String> inputs(Modalities modalities) {
        List<String> names = new ArrayList<>();
        modalities.names().forEach(modality -> names.add(readings(modality)));
        names.add(labels());
        return names;
    }

    /** Topics written by pidstream, its commands and its page. */
    public List<String> outputs() {
        return List.of(
                predictions(),
                explanations(),
                alerts(),
                alertActions(),
                trainingSamples(),
                modelVersions(),
                deadLetters(),
                lateReadings());
    }

    /** Every topic of a pipeline, inputs first. */
    public List<String> all(InputTopics inputs) {
        List<String> names = new ArrayList<>(inputs.others());
        names.addAll(inputs.own());
        names.addAll(outputs());
        return names;
    }
}
