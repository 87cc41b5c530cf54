package io.pidstream.pid;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Which modalities the information about a target comes from: informations and their partial
 * decomposition, in bits. Maps are in configuration order. If it is undefined, all maps are empty,
 * so that no number can be mistaken for a result.
 *
 * @param status whether there is a decomposition
 * @param reason why it is undefined; null when it is defined
 * @param definition definition of redundancy
 * @param effectiveSamples effective number of samples of the covariance; infinity for an exact one
 * @param information mutual information of the target with every subset of modalities,
 *     bias-corrected, monotone, not negative
 * @param standardError standard error of each information
 * @param conditional per modality, the information that it adds to all the others
 * @param shapley per modality, its Shapley share of the joint information; they sum to it
 * @param atoms per modality, its decomposition against all the others taken as one source
 * @param notes remarks on the computation, such as a constant channel that was left out
 * @param pairs decomposition of every two modalities as the two sources, without the others, by
 *     their names joined by + in configuration order; unique is the first one's, rest the second's
 * @param lattice of three modalities, a scalar target and {@link PidDefinition#MMI}, the 18 atoms
 *     of the redundancy lattice from its bottom to its top, named by their sources: {@code
 *     {a}{b+c}} is the information that both a and the pair of b and c have, and no node below;
 *     they sum to the joint information. Empty otherwise: for a target of several dimensions no
 *     redundancy of more than two sources is known that is consistent with that of two
 * @param optimalityGap bound on the error, bits, with which the redundancies of a target of several
 *     dimensions minimise the joint information ({@link PidDefinition#MMI}), proved from the dual
 *     problem; 0 for a scalar target, NaN when undefined
 */
public record Decomposition(
        Status status,
        String reason,
        PidDefinition definition,
        double effectiveSamples,
        SubsetValues information,
        SubsetValues standardError,
        Map<String, Double> conditional,
        Map<String, Double> shapley,
        Map<String, Atoms> atoms,
        List<String> notes,
        Map<String, Atoms> pairs,
        Map<String, Double> lattice,
        double optimalityGap) {

    /** Whether there is a decomposition. */
    public enum Status {
        /** Defined. */
        OK,
        /** Undefined, for the given reason. */
        UNDEFINED
    }

    /** Copies maps and notes; checks that there is a reason if and only if it is undefined. */
    public Decomposition {
        Objects.requireNonNull(definition, "definition");
        if ((status == Status.UNDEFINED) != (reason != null)) {
            throw new IllegalArgumentException("status is " + status + " and reason is " + reason);
        }
        conditional = ordered(conditional);
        shapley = ordered(shapley);
        atoms = ordered(atoms);
        notes = List.copyOf(notes);
        pairs = ordered(pairs);
        lattice = ordered(lattice);
    }

    /** Not Map.copyOf, which does not keep the order. */
    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * No decomposition.
     *
     * @param reason why, with the relevant figures
     */
    public static Decomposition undefined(
            String reason,
            PidDefinition definition,
            double effectiveSamples,
            List<String> modalities,
            List<String> notes) {
        return new Decomposition(
                Status.UNDEFINED,
                Objects.requireNonNull(reason, "reason"),
                definition,
                effectiveSamples,
                SubsetValues.none(modalities),
                SubsetValues.none(modalities),
                Map.of(),
                Map.of(),
                Map.of(),
                notes,
                Map.of(),
                Map.of(),
                Double.NaN);
    }

    /** Whether there is a decomposition. */
    public boolean isDefined() {
        return status == Status.OK;
    }

    /** The modalities in configuration order, whether defined or not. */
    public List<String> modalities() {
        return information.modalities();
    }

    /**
     * Per modality, the information that only it has: of the two, or against all the others taken
     * as one source.
     */
    public Map<String, Double> unique() {
        Map<String, Double> unique = new LinkedHashMap<>();
        atoms.forEach((modality, a) -> unique.put(modality, a.unique()));
        return Collections.unmodifiableMap(unique);
    }

    /**
     * Information that both modalities have; empty unless there are exactly two and the
     * decomposition is defined.
     */
    public OptionalDouble redundant() {
        return ofTwo() ? OptionalDouble.of(first().redundant()) : OptionalDouble.empty();
    }

    /**
     * Information available only from both modalities together; empty unless there are exactly two
     * and it is defined.
     */
    public OptionalDouble synergistic() {
        return ofTwo() ? OptionalDouble.of(first().synergistic()) : OptionalDouble.empty();
    }

    /**
     * Per modality, its decomposition against all the others, for three or more modalities; empty
     * for two.
     */
    public Map<String, Atoms> oneVsRest() {
        return ofTwo() ? Map.of() : atoms;
    }

    /**
     * The decomposition of two disjoint subsets, each taken as one source, without the others.
     *
     * @param targets number of dimensions of the target
     * @throws IllegalArgumentException for a target of several dimensions, if the subsets are
     *     neither two modalities nor one and all the others
     */
    Atoms between(ModalitySet first, ModalitySet second, int targets) {
        if (targets == 1) {
            return definition.atoms(
                    information.get(first),
                    information.get(second),
                    information.get(first.union(second)));
        }
        ModalitySet joint = first.union(second);
        if (first.size() == 1 && joint.size() == modalities().size()) {
            return atoms.get(modalities().get(first.first()));
        }
        if (first.size() > 1 || second.size() > 1) {
            throw new IllegalArgumentException(
                    "subsets "
                            + first
                            + " and "
                            + second
                            + " of "
                            + modalities()
                            + ": for a target of several dimensions only pairs of modalities, and"
                            + " one against all the others, are decomposed");
        }
        Atoms pair = pairs.get(information.key(joint));
        return first.compareTo(second) < 0
                ? pair
                : new Atoms(pair.rest(), pair.unique(), pair.redundant(), pair.synergistic());
    }

    private boolean ofTwo() {
        return atoms.size() == 2;
    }

    private Atoms first() {
        return atoms.get(modalities().get(0));
    }
}
