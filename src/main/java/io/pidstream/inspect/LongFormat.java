package io.pidstream.inspect;

/**
 * A file with one value a row.
 *
 * @param metric index of the column that says what was measured
 * @param value index of the column of the values
 */
record LongFormat(int metric, int value) {}
