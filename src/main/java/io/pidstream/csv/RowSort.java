package io.pidstream.csv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts rows by time; rows of the same time keep their order. Rows that come in order are written
 * as they come. From the first that does not they are sorted in memory, a bounded number at a time,
 * and the sorted runs are merged.
 */
final class RowSort implements Closeable {
    private static final Comparator<Row> BY_TIME = Comparator.comparing(Row::order);

    /** Runs that are open at the same time. */
    private static final int MOST_RUNS = 100;

    private final Path directory;
    private final int mostInMemory;
    private final List<Row> buffer = new ArrayList<>();
    private final Deque<Path> runs = new ArrayDeque<>();

    private RowWriter run;
    private Instant last = Instant.MIN;
    private int files;

    /**
     * @param directory for temporary files
     * @param mostInMemory rows that are sorted in memory
     */
    RowSort(Path directory, int mostInMemory) {
        this.directory = directory;
        this.mostInMemory = mostInMemory;
    }

    void add(Row row) throws IOException {
        if (buffer.isEmpty() && !row.order().isBefore(last)) {
            append(row);
            return;
        }
        buffer.add(row);
        if (buffer.size() >= mostInMemory) {
            writeBuffer();
        }
    }

    private void append(Row row) throws IOException {
        if (run == null) {
            run = new RowWriter(newRun());
        }
        run.write(row);
        last = row.order();
    }

    private Path newRun() {
        Path file = directory.resolve("run-" + files++);
        runs.add(file);
        return file;
    }

    private void writeBuffer() throws IOException {
        buffer.sort(BY_TIME);
        if (!buffer.isEmpty() && buffer.get(0).order().isBefore(last)) {
            closeRun();
        }
        for (Row row : buffer) {
            append(row);
        }
        buffer.clear();
    }

    private void closeRun() throws IOException {
        if (run != null) {
            run.close();
            run = null;
        }
    }

    /** Takes the rows in the order of time. */
    @FunctionalInterface
    interface Taker {
        void take(Row row) throws IOException;
    }

    /** Passes on all rows, and deletes the temporary files. */
    void drainTo(Taker taker) throws IOException {
        writeBuffer();
        closeRun();
        while (runs.size() > MOST_RUNS) {
            mergeOldest();
        }
        merge(List.copyOf(runs), taker);
        deleteRuns();
    }

    /**
     * Makes one run of the oldest. It stays the oldest, so that rows of the same time keep their
     * order.
     */
    private void mergeOldest() throws IOException {
        List<Path> oldest = new ArrayList<>();
        for (int i = 0; i < MOST_RUNS; i++) {
            oldest.add(runs.remove());
        }
        Path merged = directory.resolve("run-" + files++);
        try (RowWriter writer = new RowWriter(merged)) {
            merge(oldest, writer::write);
        }
        for (Path file : oldest) {
            Files.delete(file);
        }
        runs.addFirst(merged);
    }

    /** A run at its next row. */
    private record Head(Row row, int run, RowReader reader) {}

    private static void merge(List<Path> files, Taker taker) throws IOException {
        PriorityQueue<Head> heads =
                new PriorityQueue<>(
                        Comparator.comparing(Head::row, BY_TIME).thenComparing(Head::run));
        List<RowReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                RowReader reader = new RowReader(files.get(i));
                readers.add(reader);
                push(heads, i, reader);
            }
            while (!heads.isEmpty()) {
                Head head = heads.remove();
                taker.take(head.row());
                push(heads, head.run(), head.reader());
            }
        } finally {
            for (RowReader reader : readers) {
                reader.close();
            }
        }
    }

    private static void push(PriorityQueue<Head> heads, int run, RowReader reader)
            throws IOException {
        Row row = reader.next();
        if (row != null) {
            heads.add(new Head(row, run, reader));
        }
    }

    private void deleteRuns() throws IOException {
        for (Path file : runs) {
            Files.deleteIfExists(file);
        }
        runs.clear();
    }

    @Override
    public void close() throws IOException {
        closeRun();
        deleteRuns();
    }
}
