package io.pidstream.pid;

/**
 * {@link Atoms} with their uncertainty. Every interval is for its own atom: that all four hold at
 * once is less likely.
 *
 * @param unique information that only the first source has
 * @param rest information that only the second source has
 * @param redundant information that both have
 * @param synergistic information there only when both are read together
 */
public record AtomEstimates(
        Estimate unique, Estimate rest, Estimate redundant, Estimate synergistic) {}
