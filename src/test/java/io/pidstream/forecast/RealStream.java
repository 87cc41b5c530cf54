package io.pidstream.forecast;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.pidstream.pid.ModalitySet;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A file of a real stream, in time order; a modality with a missing cell is absent in its row. */
record RealStream(String name, Map<String, List<String>> channels, List<Row> rows) {
    static final Duration PERIOD = Duration.ofHours(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** NaN where the target is missing. */
    record Row(String asset, long time, ModalitySet present, double[] values, double target) {}

    static Path file(String name) {
        return Path.of("..", "shared", "data", name);
    }

    static RealStream read(String name) {
        try (InputStream bytes = Files.newInputStream(file(name));
                Reader text =
                        new InputStreamReader(
                                name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                                StandardCharsets.UTF_8);
                CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
            List<String> header = null;
            Map<String, List<String>> channels = new LinkedHashMap<>();
            List<Row> rows = new ArrayList<>();
            for (CsvRecord line : csv) {
                if (header == null) {
                    header = List.copyOf(line.getFields());
                    for (String column : header.subList(2, header.size() - 1)) {
                        String[] parts = column.split("\\.", 2);
                        channels.computeIfAbsent(parts[0], m -> new ArrayList<>()).add(parts[1]);
                    }
                } else {
                    rows.add(row(line, channels, header.get(1).equals("cycle")));
                }
            }
            return new RealStream(name, channels, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(CsvRecord line, Map<String, List<String>> channels, boolean cycles) {
        int last = line.getFieldCount() - 1;
        double[] values = new double[last - 2];
        ModalitySet present = ModalitySet.NONE;
        int modality = 0;
        int column = 2;
        for (List<String> ofModality : channels.values()) {
            boolean complete = true;
            for (int i = 0; i < ofModality.size(); i++, column++) {
                complete &= !line.getField(column).isEmpty();
                values[column - 2] = number(line.getField(column));
            }
            present = complete ? present.with(modality) : present;
            modality++;
        }
        String time = line.getField(1);
        long millis =
                cycles
                        ? Long.parseLong(time) * PERIOD.toMillis()
                        : LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
        return new Row(line.getField(0), millis, present, values, number(line.getField(last)));
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
}
