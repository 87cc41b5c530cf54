package io.pidstream.forecast;

import io.pidstream.pid.Decomposition;

/**
 * Where the knowledge about the target comes from, as of a time.
 *
 * @param time of the newest labelled frame in it, milliseconds; 0 before any
 * @param labelledFrames learned so far, also those with a modality missing
 * @param decomposition defined, or undefined with a reason
 */
public record RollingExplanation(long time, long labelledFrames, Decomposition decomposition) {}
