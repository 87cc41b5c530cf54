package io.pidstream.inspect;

/**
 * A grade and its reason.
 *
 * @param why what was seen, in a few words; empty if there is nothing to say
 */
record Graded(Grade grade, String why) {}
