package io.pidstream.forecast;

import io.pidstream.pid.Decomposition;

/**
 * Which modalities the information about the target comes from, at some time.
 *
 * @param time time of its newest labelled frame, milliseconds; 0 before any
 * @param labelledFrames number of labelled frames learned so far, including incomplete ones
 * @param decomposition defined, or undefined with a reason
 */
public record RollingExplanation(long time, long labelledFrames, Decomposition decomposition) {}
