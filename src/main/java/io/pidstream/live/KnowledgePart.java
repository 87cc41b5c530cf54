package io.pidstream.live;

import io.pidstream.avro.Explanation;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of what the modalities know together about the target; the parts of an explanation sum to
 * the joint information.
 *
 * @param kind which part
 * @param modality whose, for a unique part; −1 for the others
 * @param bits how much
 */
record KnowledgePart(Kind kind, int modality, double bits) {
    enum Kind {
        UNIQUE,
        REDUNDANT,
        SYNERGISTIC,
        /** Redundant or synergistic: with three modalities not every definition separates them. */
        SHARED
    }

    /** Joint information of all modalities, bits. */
    static double joint(Explanation explanation, List<String> modalities) {
        return explanation.getInformation().getOrDefault(String.join("+", modalities), 0.0);
    }

    /**
     * Splits the joint information. For two modalities these are the atoms. For more: the unique
     * parts against the rest; what no single modality has, I_all − max I_i, is synergistic, and
     * what remains is redundant; where a definition leaves less than nothing for that, the two are
     * one part.
     */
    static List<KnowledgePart> of(Explanation explanation, List<String> modalities) {
        double joint = joint(explanation, modalities);
        List<KnowledgePart> parts = new ArrayList<>();
        double rest = joint;
        double best = 0;
        for (int m = 0; m < modalities.size(); m++) {
            String name = modalities.get(m);
            double unique = explanation.getUnique().getOrDefault(name, 0.0);
            parts.add(new KnowledgePart(Kind.UNIQUE, m, unique));
            rest -= unique;
            best = Math.max(best, explanation.getInformation().getOrDefault(name, 0.0));
        }
        boolean given = explanation.getSynergistic() != null;
        double synergistic = given ? explanation.getSynergistic() : joint - best;
        double redundant = given ? explanation.getRedundant() : rest - synergistic;
        if (redundant >= -1e-9) {
            parts.add(new KnowledgePart(Kind.REDUNDANT, -1, Math.max(0, redundant)));
            parts.add(new KnowledgePart(Kind.SYNERGISTIC, -1, Math.max(0, synergistic)));
        } else {
            parts.add(new KnowledgePart(Kind.SHARED, -1, Math.max(0, rest)));
        }
        return parts;
    }
}
