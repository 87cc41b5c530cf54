package io.pidstream.encode;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Which versions encode a frame, by its event time: the active one, a candidate on trial, and the
 * previous active one as the rollback target. The identity precedes all others.
 */
final class VersionSchedule {
    private final TreeMap<Long, ModelVersion> records = new TreeMap<>();

    /** Applies the newest record of a version. */
    void put(ModelVersion record) {
        records.put(record.getVersion(), record);
    }

    /** Removes a version that must not be used. */
    void remove(long version) {
        records.remove(version);
    }

    /** Whether a version may still encode frames. */
    boolean serves(long version) {
        ModelVersion record = records.get(version);
        return record != null
                && (record.getState() == ModelState.ACTIVE
                        || record.getState() == ModelState.CANDIDATE);
    }

    /**
     * The versions at an event time, the active one first.
     *
     * @param time milliseconds since 1970
     */
    List<Long> at(long time) {
        ModelVersion active = null;
        ModelVersion before = null;
        ModelVersion candidate = null;
        for (ModelVersion record : records.values()) {
            boolean holds = record.getEffectiveFrom().toEpochMilli() <= time;
            if (holds && record.getState() == ModelState.CANDIDATE) {
                candidate = record;
            } else if (holds && record.getState() == ModelState.ACTIVE) {
                if (active == null || !isBefore(record, active)) {
                    before = active;
                    active = record;
                } else if (before == null || !isBefore(record, before)) {
                    before = record;
                }
            }
        }
        List<Long> versions = new ArrayList<>(3);
        versions.add(active == null ? Encoding.IDENTITY : active.getVersion());
        if (candidate != null) {
            versions.add(candidate.getVersion());
        }
        if (active != null) {
            versions.add(before == null ? Encoding.IDENTITY : before.getVersion());
        }
        return versions;
    }

    /**
     * Seconds since a version took effect, at an event time; NaN for the identity.
     *
     * @param time milliseconds since 1970
     */
    double heldSeconds(long version, long time) {
        ModelVersion record = records.get(version);
        return record == null
                ? Double.NaN
                : (time - record.getEffectiveFrom().toEpochMilli()) / 1000.0;
    }

    private static boolean isBefore(ModelVersion one, ModelVersion other) {
        return one.getEffectiveFrom().isBefore(other.getEffectiveFrom());
    }
}
