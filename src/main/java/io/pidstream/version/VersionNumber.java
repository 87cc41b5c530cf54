package io.pidstream.version;

import io.pidstream.avro.ModelVersion;
import java.util.Optional;

/**
 * Whose a version's number is: of the parameters that were announced under it first. Several write
 * to the topic of model versions and each takes the next number, so two may take the same. What is
 * used must not change under its number; so the second is refused by all who read the topic.
 */
public final class VersionNumber {
    private VersionNumber() {}

    /**
     * Why a record is refused; empty where the number is its own.
     *
     * @param known what was announced under the number before; null for nothing
     */
    public static Optional<String> refusal(ModelVersion known, ModelVersion announced) {
        if (known == null || known.getSha256().equals(announced.getSha256())) {
            return Optional.empty();
        }
        return Optional.of(
                "the number is that of other parameters, which were announced first: SHA-256 %s, not %s"
                        .formatted(text(known), text(announced)));
    }

    private static String text(ModelVersion version) {
        return version.getSha256().isEmpty() ? "of none" : version.getSha256();
    }
}
