package io.pidstream.version;

/**
 * When versions of an architecture are trained and how long they are on trial, by default.
 *
 * @param every labelled frames between two trainings
 * @param longestTrial labelled instants after which a trial ends
 * @param renewAfter labelled instants after which a candidate that is ahead replaces the active
 *     version without proof; 0 for never
 */
public record TuningDefaults(int every, int longestTrial, int renewAfter) {
    /** For what takes long to train, and is rarely worth it. */
    static final TuningDefaults USUAL = new TuningDefaults(2000, 2000, 0);
}
