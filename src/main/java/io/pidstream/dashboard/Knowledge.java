package io.pidstream.dashboard;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a decomposition that sentences use, in bits.
 *
 * @param modalities names, in the order of the configuration
 * @param information by set of modalities, names joined by {@code +}
 * @param shapley by modality
 * @param unique by modality
 * @param redundant null for more than two modalities
 * @param synergistic null for more than two modalities
 */
public record Knowledge(
        List<String> modalities,
        Map<String, Double> information,
        Map<String, Double> shapley,
        Map<String, Double> unique,
        Double redundant,
        Double synergistic) {
    private static final double ROUNDING = 1e-9;

    /** A part of the joint information: the key of its term, and whose it is if it is unique. */
    record Part(String term, String modality, double bits) {}

    /** The figures of an explanation; empty if they are undefined. */
    public static Optional<Knowledge> of(Explanation explanation, List<String> modalities) {
        if (explanation.getStatus() == ExplanationStatus.UNDEFINED
                || explanation.getInformation().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Knowledge(
                        modalities,
                        explanation.getInformation(),
                        explanation.getShapley(),
                        explanation.getUnique(),
                        explanation.getRedundant(),
                        explanation.getSynergistic()));
    }

    /** Information of all modalities together. */
    double joint() {
        return bits(information, String.join("+", modalities));
    }

    /** The modality with the largest share. */
    String largestModality() {
        return modalities.stream()
                .reduce((a, b) -> bits(shapley, b) > bits(shapley, a) ? b : a)
                .orElseThrow();
    }

    /** Share of a modality in the joint information, 0 to 1. */
    double share(String modality) {
        double sum = 0;
        for (String each : modalities) {
            sum += Math.max(0, bits(shapley, each));
        }
        return sum > 0 ? Math.max(0, bits(shapley, modality)) / sum : 0;
    }

    /**
     * The largest part. For two modalities the parts are the atoms. For more, I − max Iᵢ is
     * synergistic, as no single modality has it; what is neither unique nor synergistic is
     * redundant, unless that is negative.
     */
    Part largestPart() {
        double own = 0;
        double best = 0;
        Part largest = new Part("", "", Double.NEGATIVE_INFINITY);
        for (String modality : modalities) {
            own += bits(unique, modality);
            best = Math.max(best, bits(information, modality));
            largest = larger(largest, new Part("unique", modality, bits(unique, modality)));
        }
        double rest = joint() - own;
        double together = synergistic != null ? synergistic : joint() - best;
        double shared = redundant != null ? redundant : rest - together;
        if (shared < -ROUNDING) {
            return larger(largest, new Part("shared", "", rest));
        }
        largest = larger(largest, new Part("redundant", "", shared));
        return larger(largest, new Part("synergistic", "", together));
    }

    private static Part larger(Part first, Part second) {
        return second.bits() > first.bits() ? second : first;
    }

    private static double bits(Map<String, Double> values, String key) {
        return values.getOrDefault(key, 0.0);
    }
}
