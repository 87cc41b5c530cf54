package io.pidstream.detect;

import io.pidstream.format.Part;
import io.pidstream.stats.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest blocks as single rows of numbers, and the moments of all older blocks (the base). If a
 * change is suspected within the window, the reference is the base and the rows before the change.
 */
final class BlockWindow {
    static final Part PART = Part.of("detect/block-window", 1);

    /**
     * One block.
     *
     * @param start start of its first frame, milliseconds
     * @param end end of its last frame, milliseconds
     */
    public record Row(long start, long end, double... values) {}

    private final int columns;
    private final int capacity;
    private Sample base;
    private final List<Row> rows = new ArrayList<>();

    /** Number of rows in the frozen reference; −1 if the reference is not frozen. */
    private int frozen = -1;

    BlockWindow(int columns, int capacity) {
        this.columns = columns;
        this.capacity = capacity;
        base = new Sample(columns);
    }

    void add(long start, long end, double... values) {
        if (values.length != columns) {
            throw new IllegalArgumentException(
                    "row has " + values.length + " values, expected " + columns);
        }
        rows.add(new Row(start, end, values));
        if (rows.size() > capacity) {
            Row oldest = rows.remove(0);
            if (frozen != 0) {
                base.add(oldest.values());
            }
            frozen = frozen > 0 ? frozen - 1 : frozen;
        }
    }

    int size() {
        return rows.size();
    }

    Row row(int i) {
        return rows.get(i);
    }

    Row last() {
        return rows.get(rows.size() - 1);
    }

    /** All blocks before row k. */
    Sample before(int k) {
        Sample before = base.copy();
        for (int i = 0; i < k; i++) {
            before.add(rows.get(i).values());
        }
        return before;
    }

    /** Row k and all rows after it. */
    Sample since(int k) {
        Sample since = new Sample(columns);
        for (int i = k; i < rows.size(); i++) {
            since.add(rows.get(i).values());
        }
        return since;
    }

    /** The blocks older than the first row. */
    Sample base() {
        return base;
    }

    /** Freezes the reference: it ends before row k and takes no more rows. */
    void freezeAt(int k) {
        frozen = k;
    }

    /** Number of rows in the frozen reference. */
    int frozenRows() {
        return frozen;
    }

    /** Drops the rows after the frozen reference and unfreezes it. */
    void returnToReference() {
        for (Row row : rows.subList(0, frozen)) {
            base.add(row.values());
        }
        rows.clear();
        frozen = -1;
    }

    /** Clears the window; returns the rows after the frozen reference. */
    List<Row> forget() {
        List<Row> since = List.copyOf(rows.subList(Math.max(0, frozen), rows.size()));
        base = new Sample(columns);
        rows.clear();
        frozen = -1;
        return since;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(columns);
        out.writeInt(capacity);
        out.writeInt(frozen);
        base.writeTo(out);
        out.writeInt(rows.size());
        for (Row row : rows) {
            out.writeLong(row.start());
            out.writeLong(row.end());
            Doubles.write(out, row.values());
        }
    }

    static BlockWindow readFrom(DataInput in) throws IOException {
        BlockWindow window = new BlockWindow(in.readInt(), in.readInt());
        window.frozen = in.readInt();
        window.base = Sample.readFrom(in);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long start = in.readLong();
            long end = in.readLong();
            double[] values = new double[window.columns];
            Doubles.read(in, values);
            window.rows.add(new Row(start, end, values));
        }
        return window;
    }
}
