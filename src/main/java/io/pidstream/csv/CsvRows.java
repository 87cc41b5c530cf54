package io.pidstream.csv;

import io.pidstream.admit.Inbound;
import io.pidstream.config.PipelineConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * The rows of a data set in the order of time, as readings, one per modality, and labels. An
 * invalid cell turns only the reading or label that it belongs to into a dead letter.
 */
public final class CsvRows implements Closeable {
    private final RowFile file;
    private final RowParts parts;
    private final RowReader reader;

    private Row row;
    private String problem;

    /**
     * @param in the rows; closed with this
     */
    CsvRows(RowFile file, InputStream in, PipelineConfig config) {
        this.file = file;
        this.parts = new RowParts(config, file.names());
        this.reader = new RowReader(in);
    }

    /** Moves to the next row; false at the end. */
    public boolean next() {
        Row next;
        try {
            next = reader.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (next == null) {
            return false;
        }
        row = next;
        problem = row.problem();
        if (problem == null && !file.contains(row.time())) {
            problem =
                    "time %s is further from %s to %s, the times of the rest, than these are apart"
                            .formatted(row.time(), file.earliest(), file.latest());
        }
        return true;
    }

    /** Name of the file that the current row is from. */
    public String file() {
        return file.names().get(row.file());
    }

    /** Line of the current row in its file, from 1; the header is line 1. */
    public long line() {
        return row.line();
    }

    /** The current row's asset. Only for a row without a problem. */
    public String asset() {
        return row.asset();
    }

    /** The current row's event time, to the millisecond. Only for a row without a problem. */
    public Instant time() {
        return RowParts.time(row);
    }

    /** Whether the files have a column {@code split}. */
    public boolean hasSplit() {
        return file.split();
    }

    /** The current row's cell in it. */
    public String split() {
        return row.split();
    }

    /** The whole row as a dead letter; null if its parts can be used. */
    public Inbound rowDeadLetter() {
        return problem == null ? null : parts.refuse(row, problem);
    }

    /** The reading of one modality, or its dead letter. Only for a row without a problem. */
    public Inbound reading(int modality) {
        return parts.reading(row, modality);
    }

    /**
     * The label, or its dead letter; null if a target is missing, because a frame is learned with
     * all its targets or not at all. Only for a row without a problem.
     */
    public Inbound label() {
        return parts.label(row);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
