package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads files into one file of rows in the order of time, and looks at them meanwhile. */
final class Preparation {
    /** Rows of a file of which one must be usable. */
    private static final int TRIED = 100;

    /** Rows that are sorted in memory, unless they have more values than usual. */
    private static final int MOST_ROWS = 200_000;

    /** Values of the rows that are sorted in memory. */
    private static final int MOST_VALUES = 4_000_000;

    private final PipelineConfig config;
    private final List<Path> files;
    private final List<String> names;
    private final Path directory;
    private final ValueNames values;
    private final RowParts parts;
    private final Sentinels sentinels;
    private final TimeGaps gaps = new TimeGaps();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> otherMetrics = new LinkedHashSet<>();

    private boolean split;
    private long read;
    private long written;

    Preparation(PipelineConfig config, List<Path> files, Path directory) {
        this.config = config;
        this.files = files;
        this.names = files.stream().map(file -> file.getFileName().toString()).toList();
        this.directory = directory;
        this.values = ValueNames.of(config);
        this.parts = new RowParts(config, names);
        this.sentinels = new Sentinels(values.columns());
    }

    /**
     * @param name of the data set
     */
    CsvData read(String name) throws IOException {
        Path target = directory.resolve("rows");
        int inMemory = Math.min(MOST_ROWS, MOST_VALUES / values.size());
        try (RowSort sort = new RowSort(directory, inMemory)) {
            for (int i = 0; i < files.size(); i++) {
                read(i, sort);
            }
            write(sort, target);
        }
        if (read == 0) {
            throw new UnusableDataException("--data: %s: has a header and no rows".formatted(name));
        }
        TimeGaps.Bounds bounds = gaps.bounds();
        RowFile file =
                new RowFile(target.toString(), names, bounds.earliest(), bounds.latest(), split);
        noteStrays(file);
        notes.addAll(sentinels.notes());
        return new CsvData(config, name, directory, file, written, notes);
    }

    private void read(int index, RowSort sort) throws IOException {
        try (FileRows rows = new FileRows(index, files.get(index), config)) {
            split |= rows.hasSplit();
            Trial trial = new Trial(names.get(index));
            Instant before = Instant.MIN;
            long steps = 0;
            long count = 0;
            for (Row row = rows.next(read); row != null; row = rows.next(read)) {
                read++;
                count++;
                trial.add(row);
                sentinels.add(row);
                sort.add(row);
                steps += row.order().isBefore(before) ? 1 : 0;
                before = row.order();
            }
            trial.end();
            otherMetrics.addAll(rows.otherMetrics());
            if (steps > 0) {
                notes.add(
                        "%s: %,d of %,d rows %s earlier than the one before; all were sorted by time"
                                .formatted(
                                        names.get(index), steps, count, steps == 1 ? "is" : "are"));
            }
            if (rows.timeNote() != null) {
                notes.add("%s: %s".formatted(names.get(index), rows.timeNote()));
            }
        }
    }

    /** The first rows of a file: one of them must be usable. */
    private final class Trial {
        private final String file;
        private int tried;
        private boolean usable;
        private String why;

        Trial(String file) {
            this.file = file;
        }

        void add(Row row) {
            if (tried == TRIED) {
                return;
            }
            if (!usable) {
                String useless =
                        config.csv().isLong() ? parts.whyUselessAlone(row) : parts.whyUseless(row);
                usable = useless == null;
                why = why == null ? useless : why;
            }
            tried++;
            if (tried == TRIED && !usable) {
                throw unusable("none of the first %d rows can");
            }
        }

        void end() {
            if (tried > 0 && !usable) {
                throw unusable(tried == 1 ? "its only row cannot" : "none of its %d rows can");
            }
        }

        private UnusableDataException unusable(String which) {
            return new UnusableDataException(
                    "--data: %s: %s be used: %s".formatted(file, which.formatted(tried), why));
        }
    }

    private void write(RowSort sort, Path target) throws IOException {
        try (RowWriter writer = new RowWriter(target)) {
            RowSort.Taker taker =
                    row -> {
                        writer.write(row);
                        written++;
                        if (row.problem() == null) {
                            gaps.add(row.time());
                        }
                    };
            if (!config.csv().isLong()) {
                sort.drainTo(taker);
                return;
            }
            LongRows whole = new LongRows(values.size(), taker);
            sort.drainTo(whole);
            whole.end();
            requireMetrics(whole);
        }
    }

    private void requireMetrics(LongRows rows) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (rows.isMissing(i)) {
                problems.add(
                        "%s: %s: expected rows with this name in column %s; others are %s"
                                .formatted(
                                        values.key(i),
                                        values.columns().get(i),
                                        config.csv().metric(),
                                        otherMetrics.isEmpty()
                                                ? "none"
                                                : String.join(", ", otherMetrics)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Says which rows are left out for their time. */
    private void noteStrays(RowFile file) throws IOException {
        if (gaps.isWithin(file.earliest(), file.latest())) {
            return;
        }
        long strays = 0;
        Row first = null;
        try (RowReader rows = new RowReader(Path.of(file.path()))) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                if (row.problem() == null && !file.contains(row.time())) {
                    strays++;
                    first = first == null ? row : first;
                }
            }
        }
        notes.add(
                "%s, line %d: time %s is further from %s to %s, the times of the rest, than these are apart; %,d such %s not used"
                        .formatted(
                                names.get(first.file()),
                                first.line(),
                                first.time(),
                                file.earliest(),
                                file.latest(),
                                strays,
                                strays == 1 ? "row is" : "rows are"));
    }
}
