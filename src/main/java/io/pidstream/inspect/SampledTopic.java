package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import io.pidstream.mapping.MessageRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Records of a topic, which are looked at as rows of a file are.
 *
 * @param topic its name
 * @param bootstrapServers the address of its broker, for the configuration
 * @param messages its records
 * @param whole whether these are all records of the topic
 */
public record SampledTopic(
        String topic, String bootstrapServers, MessageRows messages, boolean whole) {
    /** In the place of a field: the key of the Kafka record. */
    static final String KEY = "the record's key";

    /** In the place of a field: the timestamp of the Kafka record. */
    static final String TIMESTAMP = "the record's timestamp";

    private static final long YEAR_2000 = 946_684_800_000L;

    /** The look of the records: times in a field or the timestamps, and the key if all have one. */
    Look look() {
        List<MessageRows.Row> rows = messages.rows();
        if (rows.size() < Look.LEAST_ROWS) {
            throw new ConfigurationException(
                    List.of(
                            "--topic: %s: expected records in JSON; there are %d"
                                    .formatted(topic, rows.size())));
        }
        boolean keyed = rows.stream().noneMatch(row -> row.key().isEmpty());
        Table table = table(rows, keyed);
        Dialect dialect = new Dialect(',', Numerals.PLAIN, 0, true, 0, table.names().size(), false);
        Times found = new TimeFinder(table, Numerals.PLAIN).find();
        Times times = canBeMapped(found) ? found : timestamps(rows);
        LongFormat metrics = new LongFormatFinder(table, times, Numerals.PLAIN).find();
        boolean byKey =
                metrics != null
                        && (table.names().get(metrics.metric()).equals(KEY)
                                || table.names().get(metrics.value()).equals(KEY));
        return new Look(null, dialect, table, times, byKey ? null : metrics, this);
    }

    /** Mappings read one field, whose times are of a clock. */
    private static boolean canBeMapped(Times times) {
        return times.exist()
                && times.columns().size() == 1
                && !(times.format() instanceof TimeNotation.SpreadsheetDays)
                && Arrays.stream(times.millis()).max().orElse(0) > YEAR_2000;
    }

    private static Times timestamps(List<MessageRows.Row> rows) {
        return new Times(
                List.of(),
                TimeNotation.Count.MILLISECONDS,
                rows.stream().mapToLong(MessageRows.Row::timestamp).toArray(),
                "no field has times that can be read");
    }

    private Table table(List<MessageRows.Row> rows, boolean keyed) {
        List<String> paths = messages.fields();
        List<String> names = new ArrayList<>(names(paths));
        List<Text> columns = new ArrayList<>();
        for (String path : paths) {
            Text column = new Text();
            rows.forEach(row -> column.add(row.fields().getOrDefault(path, "")));
            columns.add(column);
        }
        if (keyed) {
            Text column = new Text();
            rows.forEach(row -> column.add(row.key()));
            columns.add(column);
            names.add(KEY);
        }
        return new Table(
                List.copyOf(names),
                List.copyOf(names),
                Collections.nCopies(names.size(), ""),
                columns,
                rows.size(),
                0,
                whole);
    }

    /** The last parts of paths; whole paths where that would be the same for two. */
    private static List<String> names(List<String> paths) {
        List<String> last = paths.stream().map(SampledTopic::last).toList();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            boolean unique =
                    Collections.frequency(last, last.get(i)) == 1 && !last.get(i).matches("\\d*");
            names.add(
                    unique ? last.get(i) : unescaped(paths.get(i).substring(1)).replace('/', '_'));
        }
        return names;
    }

    private static String last(String path) {
        return unescaped(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String unescaped(String part) {
        return part.replace("~1", "/").replace("~0", "~");
    }

    /** The field of a column, as a mapping names it. */
    String field(String column) {
        List<String> paths = messages.fields();
        String path = paths.get(names(paths).indexOf(column));
        boolean top = path.lastIndexOf('/') == 0 && !path.contains("~") && path.length() > 1;
        return top && !path.startsWith("$", 1) ? path.substring(1) : path;
    }

    /** How long after its time a record was written at most, in milliseconds. */
    long mostLag(Times times) {
        List<MessageRows.Row> rows = messages.rows();
        long most = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (times.millis()[i] != TimeNotation.NONE) {
                most = Math.max(most, rows.get(i).timestamp() - times.millis()[i]);
            }
        }
        return most;
    }
}
