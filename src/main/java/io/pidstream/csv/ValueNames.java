package io.pidstream.csv;

import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a row: those of all channels, modality by modality, then the targets.
 *
 * @param plain names of the channels and targets
 * @param columns their columns, or metrics
 * @param channels number of channels
 * @param offsets per modality, the index of its first channel
 */
record ValueNames(List<String> plain, List<String> columns, int channels, List<Integer> offsets) {
    static ValueNames of(PipelineConfig config) {
        List<String> plain = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (Modality modality : config.modalities().all()) {
            offsets.add(columns.size());
            for (String channel : modality.channels()) {
                plain.add(channel);
                columns.add(config.csv().column(modality.name(), channel));
            }
        }
        int channels = columns.size();
        plain.addAll(config.target().names());
        columns.addAll(config.target().names());
        return new ValueNames(plain, columns, channels, offsets);
    }

    int size() {
        return columns.size();
    }

    boolean isChannel(int index) {
        return index < channels;
    }

    String plain(int index) {
        return plain.get(index);
    }

    /** The key that names the column. */
    String key(int index) {
        if (isChannel(index)) {
            return "csv.channels";
        }
        return size() - channels == 1 ? "target.name" : "target.names";
    }
}
