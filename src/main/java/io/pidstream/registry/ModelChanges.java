package io.pidstream.registry;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.ConfigurationException;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The records of manual changes to model versions. Manual changes keep at most one version active:
 * activating a version retires the others.
 *
 * @param versions the newest record of every version, by number
 * @param next a version number that is not in use
 * @param effectiveFrom event time at which the change takes effect
 */
public record ModelChanges(
        SortedMap<Long, ModelVersion> versions, long next, Instant effectiveFrom) {
    /**
     * Publishes the version in a directory under the next number.
     *
     * @param uri URI of its parameters; null if they are in the record
     * @param createdAt wall clock
     * @param candidate whether it must win a trial first
     */
    public List<ModelVersion> publish(
            ModelArtefact artefact, String uri, Instant createdAt, boolean candidate) {
        String sha256 = artefact.manifest().sha256();
        for (ModelVersion version : versions.values()) {
            if (version.getSha256().equals(sha256)) {
                throw refused(
                        "version %d (%s) already has these parameters, SHA-256 %s"
                                .formatted(version.getVersion(), text(version), sha256));
            }
            if (candidate && version.getState() == ModelState.CANDIDATE) {
                throw refused(
                        "version %d is already a candidate; expected none, as only one is compared at a time (retire it first)"
                                .formatted(version.getVersion()));
            }
        }
        List<ModelVersion> records = new ArrayList<>();
        if (!candidate) {
            retireActive(records, "version " + next + " was published");
        }
        records.add(
                ModelRecords.toRecord(
                        artefact,
                        next,
                        candidate ? ModelState.CANDIDATE : ModelState.ACTIVE,
                        createdAt,
                        effectiveFrom,
                        uri,
                        "published by command"));
        return records;
    }

    /** Makes a retired version active again. */
    public List<ModelVersion> rollback(long number) {
        ModelVersion version = require(number);
        if (version.getState() != ModelState.RETIRED) {
            throw refused(
                    "version %d is %s; expected a retired one".formatted(number, text(version)));
        }
        List<ModelVersion> records = new ArrayList<>();
        retireActive(records, "rolled back to version " + number);
        String from = records.isEmpty() ? "" : " from version " + records.get(0).getVersion();
        records.add(with(version, ModelState.ACTIVE, "rolled back" + from + " by command"));
        return records;
    }

    /** Takes a version out of use: an active one is retired, a candidate rejected. */
    public List<ModelVersion> retire(long number) {
        ModelVersion version = require(number);
        return switch (version.getState()) {
            case ACTIVE -> List.of(with(version, ModelState.RETIRED, "retired by command"));
            case CANDIDATE -> List.of(with(version, ModelState.REJECTED, "rejected by command"));
            case RETIRED, REJECTED ->
                    throw refused(
                            "version %d is already %s; expected an active one or a candidate"
                                    .formatted(number, text(version)));
        };
    }

    private void retireActive(List<ModelVersion> records, String reason) {
        for (ModelVersion version : versions.values()) {
            if (version.getState() == ModelState.ACTIVE) {
                records.add(with(version, ModelState.RETIRED, reason));
            }
        }
    }

    private ModelVersion with(ModelVersion version, ModelState state, String reason) {
        return ModelVersion.newBuilder(version)
                .setState(state)
                .setEffectiveFrom(effectiveFrom)
                .setReason(reason)
                .build();
    }

    /**
     * @throws ConfigurationException if there is no version of that number
     */
    public ModelVersion require(long number) {
        return require(versions, number);
    }

    /**
     * @throws ConfigurationException if there is no version of that number
     */
    public static ModelVersion require(SortedMap<Long, ModelVersion> versions, long number) {
        ModelVersion version = versions.get(number);
        if (version != null) {
            return version;
        }
        if (number == 0) {
            throw refused(
                    "0 is the identity encoder, which serves if no version is active; expected a"
                            + " number from 1");
        }
        throw refused(
                "there is no version %d; %s"
                        .formatted(
                                number,
                                versions.isEmpty()
                                        ? "there are no versions"
                                        : "the newest is " + versions.lastKey()));
    }

    public static ConfigurationException refused(String line) {
        return new ConfigurationException(List.of(line));
    }

    private static String text(ModelVersion version) {
        return version.getState().name().toLowerCase(Locale.ROOT);
    }
}
