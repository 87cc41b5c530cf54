package io.pidstream.train;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What the topic of model versions says, as far as training needs it: the versions that are active
 * or candidates, and the largest number. What is over is forgotten, so it stays small.
 */
final class KnownVersions {
    private static final Comparator<ModelVersion> NEWEST_LAST =
            Comparator.comparing(ModelVersion::getEffectiveFrom)
                    .thenComparing(ModelVersion::getVersion);

    private final TreeMap<Long, ModelVersion> living = new TreeMap<>();
    private long largest;

    /**
     * @param largest number that is known to be in use
     */
    KnownVersions(long largest) {
        this.largest = largest;
    }

    void add(ModelVersion version) {
        largest = Math.max(largest, version.getVersion());
        if (version.getState() == ModelState.ACTIVE || version.getState() == ModelState.CANDIDATE) {
            living.put(version.getVersion(), version);
        } else {
            living.remove(version.getVersion());
        }
    }

    /** The version that became active last; null while there is none. */
    ModelVersion active() {
        return living.values().stream()
                .filter(version -> version.getState() == ModelState.ACTIVE)
                .max(NEWEST_LAST)
                .orElse(null);
    }

    /** Whether a candidate has neither been promoted nor rejected so far. */
    boolean hasCandidate() {
        return living.values().stream()
                .anyMatch(version -> version.getState() == ModelState.CANDIDATE);
    }

    /** The largest number that there is; 0 for none. */
    long largest() {
        return largest;
    }

    /** The versions that are active or candidates. */
    List<ModelVersion> living() {
        return new ArrayList<>(living.values());
    }
}
