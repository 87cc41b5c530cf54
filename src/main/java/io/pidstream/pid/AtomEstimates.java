package io.pidstream.pid;

/**
 * {@link Atoms} with their uncertainty. Intervals are per atom, not simultaneous for all four.
 *
 * @param unique information that only the first source has
 * @param rest information that only the second source has
 * @param redundant information that both have
 * @param synergistic information available only from both together
 */
public record AtomEstimates(
        Estimate unique, Estimate rest, Estimate redundant, Estimate synergistic) {
    /** Estimates without uncertainty, of an exact covariance. */
    static AtomEstimates exact(Atoms atoms) {
        return new AtomEstimates(
                Estimate.exact(atoms.unique()),
                Estimate.exact(atoms.rest()),
                Estimate.exact(atoms.redundant()),
                Estimate.exact(atoms.synergistic()));
    }
}
