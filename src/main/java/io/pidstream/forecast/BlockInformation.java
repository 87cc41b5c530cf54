package io.pidstream.forecast;

import java.util.List;

/**
 * Mutual information computed from the moments of a single block.
 *
 * @param information of every subset, bits, may be negative; in the order of {@link
 *     io.pidstream.pid.ModalitySet#nonEmptySubsets}; empty if undefined
 * @param reason why it is undefined; null if it is defined
 * @param samples effective number of complete frames
 * @param inflation number of samples that count as one independent sample; NaN if unknown
 */
public record BlockInformation(
        List<Double> information, String reason, double samples, double inflation) {}
