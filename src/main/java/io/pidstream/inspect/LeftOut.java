package io.pidstream.inspect;

/**
 * A column that is not used.
 *
 * @param column its name
 * @param why in a few words
 */
public record LeftOut(String column, String why) {}
