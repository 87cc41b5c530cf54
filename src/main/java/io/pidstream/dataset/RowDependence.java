package io.pidstream.dataset;

import java.util.Locale;

/** Which rows of a data set may depend on each other, and so count as fewer independent ones. */
public enum RowDependence {
    /** None: all rows are independent. */
    NONE,
    /** Rows of one asset that are close in time; assets are independent. */
    ASSET,
    /** Rows of any asset that are close in time. */
    TIME;

    /** The name on the command line and in output. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
