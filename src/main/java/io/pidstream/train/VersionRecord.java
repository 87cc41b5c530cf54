package io.pidstream.train;

import io.pidstream.avro.ModelModality;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.version.ModelRecords;
import java.time.Instant;
import java.util.List;

/** Builds the record of an attempt's outcome. */
final class VersionRecord {
    private VersionRecord() {}

    /**
     * A candidate, or a rejected version without parameters, which must not be used.
     *
     * @param number of the version
     * @param createdAt wall clock
     * @param effectiveFrom the newest event time known at creation
     * @param reason of the training
     */
    static ModelVersion of(
            Outcome outcome,
            FineTuneSettings settings,
            long number,
            Instant createdAt,
            Instant effectiveFrom,
            String why) {
        String reason = "%s (trained after %s)".formatted(outcome.reason(), why);
        if (outcome.ending() == Ending.CANDIDATE) {
            return ModelRecords.toRecord(
                    outcome.artefact().withMetrics(outcome.metrics()),
                    number,
                    ModelState.CANDIDATE,
                    createdAt,
                    effectiveFrom,
                    outcome.uri(),
                    reason);
        }
        List<ModelModality> modalities =
                settings.shape().modalities().stream()
                        .map(m -> new ModelModality(m.name(), m.channels(), m.latent()))
                        .toList();
        return ModelVersion.newBuilder()
                .setVersion(number)
                .setState(ModelState.REJECTED)
                .setParent(outcome.parent())
                .setCreatedAt(createdAt)
                .setEffectiveFrom(effectiveFrom)
                .setModalities(modalities)
                .setConfigurationHash(settings.configurationHash())
                .setSha256(outcome.artefact() == null ? "" : outcome.artefact().manifest().sha256())
                .setMetrics(outcome.metrics())
                .setReason("%s: %s".formatted(outcome.ending(), reason))
                .build();
    }
}
