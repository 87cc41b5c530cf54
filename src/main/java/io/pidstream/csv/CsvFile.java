package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A CSV file, compressed by gzip if its name ends in {@code .gz}.
 *
 * @param path path of the file
 */
public record CsvFile(Path path) {
    /** Opens the file at its first row. */
    public CsvRows open(PipelineConfig config) throws IOException {
        return new CsvRows(path.getFileName().toString(), stream(), config);
    }

    private InputStream stream() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        return path.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    /**
     * Reads the whole file once, so that errors in the file itself are found before a job starts.
     *
     * @return number of rows, without the header
     * @throws ConfigurationException if it is not a readable file, or a column is missing
     */
    public long check(PipelineConfig config) {
        if (!Files.exists(path)) {
            throw problem("expected a CSV file; there is none");
        }
        if (!Files.isRegularFile(path)) {
            throw problem("expected a CSV file, not a directory");
        }
        long rows = 0;
        try (CsvRows lines = open(config)) {
            while (lines.next()) {
                rows++;
            }
            return rows;
        } catch (IOException | UncheckedIOException e) {
            throw problem(reason(e, rows));
        }
    }

    private static String reason(Exception e, long rows) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return "expected a complete gzip file; it is truncated after line " + (rows + 1);
            }
            if (cause instanceof ZipException) {
                return "expected a gzip file; after line %d: %s"
                        .formatted(rows + 1, cause.getMessage());
            }
        }
        return "cannot be read after line %d: %s".formatted(rows + 1, e.getMessage());
    }

    private ConfigurationException problem(String expected) {
        return new ConfigurationException(List.of("--data: %s: %s".formatted(path, expected)));
    }
}
