package io.pidstream.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig.CsvText;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipException;

/**
 * The names of the columns of a file and the cells of its rows. Lines without any cell are skipped,
 * and so are empty cells beyond the last column.
 */
final class CsvTable implements Closeable {
    private final TextFile file;
    private final CsvText text;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;

    private CsvRecord first;
    private List<String> cells;
    private long line;

    /**
     * Reads the header.
     *
     * @throws ConfigurationException if the file cannot be read or is empty
     */
    CsvTable(Path path, CsvText text) {
        this.file = new TextFile(path, text);
        this.text = text;
        try {
            BufferedReader in = file.open();
            for (int i = 0; i < text.skipLines(); i++) {
                in.readLine();
            }
            reader =
                    CsvReader.builder()
                            .fieldSeparator(text.delimiter())
                            .ignoreDifferentFieldCount(true)
                            .ofCsvRecord(in);
        } catch (IOException e) {
            throw problem(reason(e));
        }
        records = reader.iterator();
        first = read();
        if (first == null) {
            throw problem("expected a header line; the file is empty");
        }
        if (text.header()) {
            header = withoutTrailing(first.getFields(), 0).stream().map(String::strip).toList();
            first = null;
        } else {
            int columns = withoutTrailing(first.getFields(), 0).size();
            header = IntStream.rangeClosed(1, columns).mapToObj(String::valueOf).toList();
        }
    }

    /** Without the empty cells at the end, as far as {@code least}. */
    private static List<String> withoutTrailing(List<String> cells, int least) {
        int size = cells.size();
        while (size > least && cells.get(size - 1).isBlank()) {
            size--;
        }
        return cells.subList(0, size);
    }

    /** Names of the columns. */
    List<String> header() {
        return header;
    }

    /** Moves to the next row; false at the end. */
    boolean next() {
        CsvRecord record = first == null ? read() : first;
        first = null;
        while (record != null && record.getFields().stream().allMatch(String::isBlank)) {
            record = read();
        }
        if (record == null) {
            return false;
        }
        cells = withoutTrailing(record.getFields(), header.size());
        line = record.getStartingLineNumber() + text.skipLines();
        return true;
    }

    /** The next record, empty or not; null at the end. */
    private CsvRecord read() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw problem(reason(e.getCause()));
        } catch (CsvParseException e) {
            throw problem(reason(e.getCause() == null ? e : e.getCause()));
        }
    }

    private String reason(Throwable e) {
        if (e instanceof CharacterCodingException) {
            return malformed();
        }
        if (e instanceof EOFException) {
            return "expected a complete gzip file; it is truncated after line " + lastLine();
        }
        if (e instanceof ZipException) {
            return "expected a gzip file; after line %d: %s".formatted(lastLine(), e.getMessage());
        }
        return "cannot be read after line %d: %s".formatted(lastLine(), e.getMessage());
    }

    private String malformed() {
        try {
            return ("line %d is not in %s: set csv.encoding, such as to ISO-8859-1 or"
                            + " windows-1252")
                    .formatted(file.malformedLine(), text.encoding());
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }

    private long lastLine() {
        return Math.max(line, header == null ? 0 : 1);
    }

    private ConfigurationException problem(String what) {
        return new ConfigurationException(List.of("--data: %s: %s".formatted(file.path(), what)));
    }

    /** Cells of the row; as many as columns, unless the row is too short or too long. */
    List<String> cells() {
        return cells;
    }

    /** Line on which the row begins, from 1. */
    long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
