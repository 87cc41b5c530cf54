package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a file, or a topic, says before anything is chosen: its dialect, its first rows, and their
 * times.
 *
 * @param file null for a topic
 * @param metrics the column of metrics and that of values; null unless there is one value a row
 * @param topic null for a file
 */
record Look(
        FileText file,
        Dialect dialect,
        Table table,
        Times times,
        LongFormat metrics,
        SampledTopic topic) {
    /** A sample is bounded by rows and by text, decompressed. */
    static final int MOST_ROWS = 200_000;

    static final int MOST_BYTES = 32 << 20;

    static final int LEAST_ROWS = 3;

    /**
     * @throws ConfigurationException if it is not a file with columns and rows
     */
    static Look at(Path path) {
        FileText file = FileText.read(path, MOST_BYTES);
        Dialect dialect =
                new DialectFinder(path.toString(), DialectFinder.head(file.text())).find();
        Table table = Table.read(file, dialect, MOST_ROWS);
        if (table.rows() < LEAST_ROWS) {
            throw new ConfigurationException(
                    List.of(
                            "--data: %s: expected rows below the header; there are %d"
                                    .formatted(path, table.rows())));
        }
        Times times = new TimeFinder(table, dialect.numerals()).find();
        return new Look(
                file,
                dialect,
                table,
                times,
                new LongFormatFinder(table, times, dialect.numerals()).find(),
                null);
    }

    /** The column that tells the assets apart; −1 if there is one asset only. */
    int asset() {
        List<Integer> others =
                metrics == null ? List.of() : List.of(metrics.metric(), metrics.value());
        AssetFinder finder =
                metrics == null
                        ? new AssetFinder(table, times)
                        : new AssetFinder(
                                table, times, new Keys(table.columns().get(metrics.metric())));
        int found = finder.find(others);
        return found < 0 && topic != null ? finder.onlyOne(others) : found;
    }

    /** The option that says what is looked at, and its value. */
    String asked(Path path) {
        return (topic == null ? "--data: " : "--topic: ") + path;
    }
}
