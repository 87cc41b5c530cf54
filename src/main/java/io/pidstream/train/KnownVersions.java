package io.pidstream.train;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The part of the topic of model versions that training needs: the active versions and candidates,
 * and the largest number. Other versions are dropped, so it stays small.
 */
final class KnownVersions {
    private static final Comparator<ModelVersion> NEWEST_LAST =
            Comparator.comparing(ModelVersion::getEffectiveFrom)
                    .thenComparing(ModelVersion::getVersion);

    private final TreeMap<Long, ModelVersion> living = new TreeMap<>();
    private long largest;

    /**
     * @param largest largest number known to be in use
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

    /** The largest version number; 0 if there are no versions. */
    long largest() {
        return largest;
    }

    /** The versions that are active or candidates. */
    List<ModelVersion> living() {
        return new ArrayList<>(living.values());
    }
}
