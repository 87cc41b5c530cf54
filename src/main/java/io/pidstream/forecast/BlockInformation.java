package io.pidstream.forecast;

import java.util.List;

/**
 * What the moments of one block tell by themselves.
 *
 * @param information of every subset, bits, not cut off at 0; position = mask − 1; empty where it
 *     is undefined
 * @param reason why; null where it is defined
 * @param samples effective number of complete frames
 * @param inflation how many of them count as one independent sample; NaN while that is not known
 */
public record BlockInformation(
        List<Double> information, String reason, double samples, double inflation) {}
