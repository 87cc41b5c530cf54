package io.pidstream.event;

import io.pidstream.pid.ModalitySet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The modalities of a pipeline in the order of the configuration; that order defines their indices
 * in every set.
 *
 * @param all the modalities, K ≥ 2
 */
public record Modalities(List<Modality> all) implements Serializable {
    public Modalities {
        all = List.copyOf(all);
    }

    /** These modalities, then another. */
    public Modalities with(Modality last) {
        List<Modality> more = new ArrayList<>(all);
        more.add(last);
        return new Modalities(more);
    }

    public int count() {
        return all.size();
    }

    /** The set of all modalities. */
    public ModalitySet complete() {
        return ModalitySet.all(all.size());
    }

    /** Index of the modality, or −1 if there is none of that name. */
    public int indexOf(String name) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Number of channels of modality {@code index}. */
    public int size(int index) {
        return all.get(index).channels().size();
    }

    /** Position of the first channel of modality {@code index} in a frame's values. */
    public int offset(int index) {
        int offset = 0;
        for (int i = 0; i < index; i++) {
            offset += size(i);
        }
        return offset;
    }

    /** Total number of channels. */
    public int channelCount() {
        return offset(all.size());
    }

    public List<String> names() {
        return all.stream().map(Modality::name).toList();
    }

    /** Names of the modalities of a set. */
    public List<String> names(ModalitySet set) {
        return set.names(names());
    }
}
