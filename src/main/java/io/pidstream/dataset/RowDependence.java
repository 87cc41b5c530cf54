package io.pidstream.dataset;

import java.util.Locale;

/** Which rows of a data set may tell the same again, and so count as fewer. */
public enum RowDependence {
    /** None: every row counts in full. */
    NONE,
    /** Those of one asset that are near in time; assets do not depend on each other. */
    ASSET,
    /** Those near in time, of whatever asset. */
    TIME;

    /** The name on the command line and in outputs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
