package io.pidstream.forecast;

/**
 * Mean and standard deviation of a target, in its unit.
 *
 * @param deviation 0 if the target has not varied
 */
record Scale(double mean, double deviation) {}
