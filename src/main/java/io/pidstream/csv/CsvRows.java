package io.pidstream.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Reading;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Targets;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a CSV file as readings, one per modality, and labels. An invalid cell turns only the
 * reading or label that it belongs to into a dead letter.
 */
public final class CsvRows implements Closeable {
    private final String file;
    private final PipelineConfig config;
    private final Admission admission;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final CsvLayout layout;
    private final DateTimeFormatter timeFormat;

    private CsvRecord row;
    private long index = -1;
    private Origin origin;
    private Instant time;
    private String asset;
    private String rowProblem;

    /**
     * Reads the header.
     *
     * @param file name of the file in messages
     * @param in the text, decompressed, UTF-8; closed with this
     * @throws ConfigurationException if a column is missing
     */
    public CsvRows(String file, InputStream in, PipelineConfig config) throws IOException {
        this.file = file;
        this.config = config;
        this.admission =
                new Admission(config.modalities(), config.target().names(), Clock.systemUTC());
        this.reader =
                CsvReader.builder()
                        .detectBomHeader(true)
                        .ignoreDifferentFieldCount(true)
                        .ofCsvRecord(in, StandardCharsets.UTF_8);
        this.records = reader.iterator();
        if (!records.hasNext()) {
            throw new ConfigurationException(
                    List.of(
                            "--data: %s: expected a header line; the file is empty"
                                    .formatted(file)));
        }
        this.layout = CsvLayout.of(config, records.next().getFields(), file);
        this.timeFormat =
                config.csv().timeFormat() == null
                        ? null
                        : DateTimeFormatter.ofPattern(config.csv().timeFormat(), Locale.ROOT);
    }

    /** Moves to the next row; false at the end. */
    public boolean next() {
        if (!records.hasNext()) {
            return false;
        }
        row = records.next();
        index++;
        origin = null;
        rowProblem = null;
        time = null;
        if (row.getFieldCount() != layout.columns()) {
            rowProblem =
                    "the row has %d columns; expected %d"
                            .formatted(row.getFieldCount(), layout.columns());
            return true;
        }
        asset =
                layout.asset() < 0
                        ? config.csv().assetConstant()
                        : row.getField(layout.asset()).strip();
        if (layout.time() < 0) {
            time = Instant.EPOCH.plus(config.csv().rowStep().multipliedBy(index));
        } else {
            parseTime(row.getField(layout.time()).strip());
        }
        return true;
    }

    private void parseTime(String text) {
        try {
            if (timeFormat != null) {
                time = LocalDateTime.parse(text, timeFormat).toInstant(ZoneOffset.UTC);
            } else {
                Duration unit = config.csv().timeUnit();
                time =
                        Instant.ofEpochMilli(
                                Math.multiplyExact(Long.parseLong(text), unit.toMillis()));
            }
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            rowProblem = timeProblem(text);
        }
    }

    private String timeProblem(String text) {
        String expected =
                timeFormat == null
                        ? "a whole number"
                        : "a time like %s, UTC".formatted(config.csv().timeFormat());
        return "column %s: '%s'; expected %s".formatted(config.csv().timeColumn(), text, expected);
    }

    /** Line of the current row, from 1; the header is line 1. */
    public long line() {
        return row.getStartingLineNumber();
    }

    /** The current row's asset. Only for a row without a problem. */
    public String asset() {
        return asset;
    }

    /** The current row's event time; null if it has none. */
    public Instant time() {
        return time;
    }

    /**
     * Whether the file has a column.
     *
     * @param column its name, as in the header
     */
    public boolean hasColumn(String column) {
        return layout.header().contains(column);
    }

    /** The current row's cell in an existing column. Only for a row without a problem. */
    public String cell(String column) {
        return row.getField(layout.header().indexOf(column)).strip();
    }

    /** The whole row as a dead letter; null if its parts can be used. */
    public Inbound rowDeadLetter() {
        return rowProblem == null
                ? null
                : Admission.refuse(origin(), DeadLetterReason.UNDECODABLE, rowProblem);
    }

    /**
     * The reading of one modality, or its dead letter. Empty cells are missing values. Only for a
     * row without a problem.
     */
    public Inbound reading(int modality) {
        List<Integer> columns = layout.channels().get(modality);
        List<Double> values = new ArrayList<>(columns.size());
        for (int column : columns) {
            String text = row.getField(column).strip();
            if (text.isEmpty()) {
                values.add(null);
                continue;
            }
            try {
                values.add(Double.valueOf(text));
            } catch (NumberFormatException e) {
                return badNumber(column, text);
            }
        }
        Reading reading =
                new Reading(asset, config.modalities().all().get(modality).name(), time, values);
        return admission.admit(reading, origin());
    }

    /**
     * The label, or its dead letter; null if a target's cell is empty, because a frame is learned
     * with all its targets or not at all. Only for a row without a problem.
     */
    public Inbound label() {
        List<Integer> columns = layout.targets();
        double[] values = new double[columns.size()];
        for (int t = 0; t < values.length; t++) {
            String text = row.getField(columns.get(t)).strip();
            if (text.isEmpty()) {
                return null;
            }
            try {
                values[t] = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return badNumber(columns.get(t), text);
            }
        }
        Instant recordedAt = time.plus(config.csv().labelDelay());
        return admission.admit(Targets.label(asset, time, recordedAt, values), origin());
    }

    private Inbound badNumber(int column, String text) {
        return Admission.refuse(
                origin(),
                DeadLetterReason.UNDECODABLE,
                "column %s: '%s'; expected a number, or nothing for a missing value"
                        .formatted(layout.header().get(column), text));
    }

    private Origin origin() {
        if (origin == null) {
            origin = Origin.line(file, line(), String.join(",", row.getFields()));
        }
        return origin;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
