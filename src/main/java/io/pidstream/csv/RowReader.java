package io.pidstream.csv;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Reads what {@link RowWriter} wrote. */
final class RowReader implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final DataInputStream in;
    private final InputStream buffered;
    private final Map<String, String> shared = new HashMap<>();

    RowReader(Path file) throws IOException {
        this(Files.newInputStream(file));
    }

    /**
     * @param in closed with this
     */
    RowReader(InputStream in) {
        buffered = new BufferedInputStream(in, BUFFER);
        this.in = new DataInputStream(buffered);
    }

    /** The next row; null at the end. */
    Row next() throws IOException {
        buffered.mark(1);
        if (buffered.read() < 0) {
            return null;
        }
        buffered.reset();
        Instant order = Instant.ofEpochSecond(in.readLong(), in.readInt());
        boolean timed = in.readBoolean();
        String asset = shared(text());
        int file = in.readInt();
        long line = in.readLong();
        int metric = in.readInt();
        double[] values = new double[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        String split = shared(text());
        Row.Refusal refusal = in.readBoolean() ? refusal() : null;
        return new Row(
                timed ? order : null, order, asset, file, line, metric, values, split, refusal);
    }

    private Row.Refusal refusal() throws IOException {
        String problem = text();
        Map<Integer, String> cells = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            cells.put(in.readInt(), text());
        }
        return new Row.Refusal(problem, cells, text());
    }

    private String text() throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a row ends in the middle");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One string per asset, as there are few of them. */
    private String shared(String text) {
        return text == null ? null : shared.computeIfAbsent(text, same -> same);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
