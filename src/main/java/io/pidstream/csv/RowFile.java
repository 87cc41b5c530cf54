package io.pidstream.csv;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * Rows in the order of time, in a file of {@link RowWriter}.
 *
 * @param path of the file
 * @param names of the files that the rows are from
 * @param earliest first time that belongs to the data; null if there are no times
 * @param latest last time that belongs to the data
 * @param split whether there is a column {@code split}
 */
record RowFile(String path, List<String> names, Instant earliest, Instant latest, boolean split)
        implements Serializable {
    boolean contains(Instant time) {
        return !time.isBefore(earliest) && !time.isAfter(latest);
    }
}
