package io.pidstream.csv;

import io.pidstream.admit.Admission;
import io.pidstream.config.PipelineConfig;
import io.pidstream.config.PipelineConfig.Csv;
import io.pidstream.time.TimeFormat;
import io.pidstream.time.ZonedTimes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of one file, in its order. */
final class FileRows implements Closeable {
    /** Names of metrics that are kept for a message. */
    private static final int MOST_OTHERS = 20;

    private final int index;
    private final Csv csv;
    private final CsvTable table;
    private final CsvLayout layout;
    private final CellNumbers numbers;
    private final TimeFormat format;
    private final ZonedTimes times;
    private final String constant;
    private final Map<String, Integer> metrics = new HashMap<>();
    private final Set<String> others = new LinkedHashSet<>();

    /** Time of the row before. */
    private Instant before = Instant.EPOCH;

    /**
     * @param index of the file
     * @throws io.pidstream.config.ConfigurationException if it cannot be read, or a column is
     *     missing
     */
    FileRows(int index, Path path, PipelineConfig config) throws IOException {
        this.index = index;
        this.csv = config.csv();
        this.table = new CsvTable(path, csv.text());
        try {
            this.layout = CsvLayout.of(config, table.header(), path.getFileName().toString());
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
        this.numbers = new CellNumbers(csv.text());
        this.format =
                csv.timeUnit() == null
                        ? TimeFormat.of(csv.hasTime() ? csv.timeFormat() : TimeFormat.ISO)
                        : TimeFormat.since1970(csv.timeUnit());
        this.times = new ZonedTimes(csv.zone());
        this.constant = csv.asset().isFileName() ? CsvFiles.stem(path) : csv.asset().constant();
        List<String> columns = ValueNames.of(config).columns();
        for (int i = 0; i < columns.size(); i++) {
            metrics.put(columns.get(i), i);
        }
    }

    /**
     * @param number of rows before this one, for a table without time
     * @return the next row; null at the end
     */
    Row next(long number) {
        while (table.next()) {
            List<String> cells = table.cells();
            if (cells.size() != layout.header().size()) {
                return refused(
                        "the row has %d columns; expected %d"
                                .formatted(cells.size(), layout.header().size()));
            }
            Integer metric =
                    csv.isLong() ? metrics.get(cell(layout.metric())) : Integer.valueOf(-1);
            if (metric != null) {
                return row(number, metric);
            }
            if (others.size() < MOST_OTHERS) {
                others.add(cell(layout.metric()));
            }
        }
        return null;
    }

    private Row row(long number, int metric) {
        String asset = layout.asset() < 0 ? constant : cell(layout.asset());
        String text =
                layout.times().stream().map(this::cell).collect(Collectors.joining(" ")).strip();
        Instant time;
        try {
            // Every metric of an asset passes through a twofold hour by itself.
            String sequence = csv.isLong() ? asset + "\n" + metric : asset;
            time =
                    csv.hasTime()
                            ? times.resolve(sequence, format.parse(text))
                            : Instant.EPOCH.plus(csv.rowStep().multipliedBy(number));
        } catch (DateTimeException e) {
            return refused(timeProblem(text));
        }
        before = time;
        double[] values = new double[layout.values().size()];
        Map<Integer, String> problems = new HashMap<>();
        boolean plain = isPlain(asset, time);
        for (int i = 0; i < values.length; i++) {
            String cell = cell(layout.values().get(i));
            try {
                values[i] = numbers.parse(cell);
                plain &= !(Math.abs(values[i]) > Admission.LARGEST);
            } catch (NumberFormatException e) {
                values[i] = Double.NaN;
                problems.put(i, cellProblem(layout.values().get(i), cell));
            }
        }
        // A row with one value is refused as a whole.
        String problem = csv.isLong() ? problems.remove(0) : null;
        Row.Refusal refusal =
                plain && problem == null && problems.isEmpty()
                        ? null
                        : new Row.Refusal(problem, problems, text());
        String split = layout.split() < 0 ? null : cell(layout.split());
        return new Row(time, time, asset, index, table.line(), metric, values, split, refusal);
    }

    /** Whether the row is admitted as far as these are concerned; if not its text is kept. */
    private static boolean isPlain(String asset, Instant time) {
        return !asset.isBlank()
                && asset.length() <= Admission.LONGEST_ASSET
                && !time.isBefore(Instant.EPOCH)
                && !time.isAfter(Instant.now());
    }

    private String cell(int column) {
        return table.cells().get(column).strip();
    }

    private String text() {
        return String.join(String.valueOf(csv.text().delimiter()), table.cells());
    }

    private Row refused(String problem) {
        Row.Refusal refusal = new Row.Refusal(problem, Map.of(), text());
        return new Row(null, before, null, index, table.line(), -1, new double[0], null, refusal);
    }

    private String timeProblem(String text) {
        return "column %s: '%s'; expected %s"
                .formatted(String.join(", ", csv.times()), text, format.expected());
    }

    private String cellProblem(int column, String cell) {
        return "column %s: '%s'; expected %s"
                .formatted(layout.header().get(column), cell, numbers.expected(cell));
    }

    /** Some metrics of rows that are not read, as the configuration does not have them. */
    Set<String> otherMetrics() {
        return others;
    }

    /** Whether the file has a column {@code split}. */
    boolean hasSplit() {
        return layout.split() >= 0;
    }

    /** A sentence about local times of the rows read so far; null if there is nothing to say. */
    String timeNote() {
        return times.note().orElse(null);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
