package io.pidstream.csv;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Writes rows to a file that {@link RowReader} reads. It lives as long as one command. */
final class RowWriter implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final DataOutputStream out;

    RowWriter(Path file) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    }

    void write(Row row) throws IOException {
        write(row.order());
        out.writeBoolean(row.time() != null);
        write(row.asset());
        out.writeInt(row.file());
        out.writeLong(row.line());
        out.writeInt(row.metric());
        out.writeInt(row.values().length);
        for (double value : row.values()) {
            out.writeDouble(value);
        }
        write(row.split());
        out.writeBoolean(row.refusal() != null);
        if (row.refusal() != null) {
            write(row.refusal().problem());
            out.writeInt(row.refusal().cells().size());
            for (Map.Entry<Integer, String> cell : row.refusal().cells().entrySet()) {
                out.writeInt(cell.getKey());
                write(cell.getValue());
            }
            write(row.refusal().text());
        }
    }

    private void write(Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private void write(String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
