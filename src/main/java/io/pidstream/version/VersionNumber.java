package io.pidstream.version;

import io.pidstream.avro.ModelVersion;
import java.util.Optional;

/**
 * Version numbers are first come, first served: a number belongs to the parameters first announced
 * under it. Several writers of the topic of model versions each take the next number, so two may
 * take the same. As the parameters of a number must not change, every reader of the topic refuses
 * the second.
 */
public final class VersionNumber {
    private VersionNumber() {}

    /**
     * Why a record is refused; empty if the number is its own.
     *
     * @param known the record first announced under the number; null for none
     */
    public static Optional<String> refusal(ModelVersion known, ModelVersion announced) {
        if (known == null || known.getSha256().equals(announced.getSha256())) {
            return Optional.empty();
        }
        return Optional.of(
                "the number belongs to other parameters, which were announced first: SHA-256 %s, not %s"
                        .formatted(text(known), text(announced)));
    }

    private static String text(ModelVersion version) {
        return version.getSha256().isEmpty() ? "of none" : version.getSha256();
    }
}
