package io.pidstream.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.pidstream.config.PipelineConfig;
import io.pidstream.simulate.Disturbance;
import io.pidstream.simulate.Injection;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * A copy of a CSV file with an injected shift. Rows keep their lines, times and targets; a cell
 * that is missing or not a number is not changed. The whole file is held in memory.
 */
public final class InjectedFile {
    private final PipelineConfig config;
    private final Injection injection;
    private final List<String[]> rows = new ArrayList<>();
    private final CsvLayout layout;
    private final int[] columns;
    private final int begin;

    private InjectedFile(Path data, PipelineConfig config, Injection injection) throws IOException {
        this.config = config;
        this.injection = injection;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(data), 1 << 16);
                InputStream text =
                        data.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                CsvReader<CsvRecord> reader =
                        CsvReader.builder()
                                .detectBomHeader(true)
                                .ignoreDifferentFieldCount(true)
                                .ofCsvRecord(text)) {
            reader.forEach(row -> rows.add(row.getFields().toArray(String[]::new)));
        }
        layout = CsvLayout.of(config, List.of(rows.get(0)), data.getFileName().toString());
        columns = layout.channels().stream().flatMap(List::stream).mapToInt(c -> c).toArray();
        begin = 1 + (int) Math.round(injection.share() * (rows.size() - 1));
    }

    /**
     * Writes the copy.
     *
     * @param data the file, already checked
     * @param to target file, not compressed
     * @return a sentence that says what was changed, from which line
     */
    public static String write(Path data, PipelineConfig config, Injection injection, Path to)
            throws IOException {
        InjectedFile file = new InjectedFile(data, config, injection);
        String description = file.inject();
        try (CsvWriter writer = CsvWriter.builder().build(to)) {
            file.rows.forEach(writer::writeRecord);
        }
        return description;
    }

    private String inject() {
        int first = config.modalities().size(0);
        Disturbance disturbance =
                new Disturbance(injection, 0, first, first, config.modalities().size(1));
        Map<String, double[]> newest = new HashMap<>();
        List<double[]> values = new ArrayList<>();
        for (int r = 1; r < rows.size(); r++) {
            double[] channels = channels(rows.get(r));
            values.add(channels);
            if (r < begin && isWhole(rows.get(r))) {
                disturbance.learn(channels, number(rows.get(r), layout.targets().get(0)));
                remember(newest, rows.get(r), channels, true);
            }
        }
        List<double[]> donors = new ArrayList<>(values.subList(begin - 1, values.size()));
        Collections.shuffle(donors, new Random(injection.scenario().seed()));
        List<double[]> copies = donors.stream().map(double[]::clone).toList();
        for (int r = begin; r < rows.size(); r++) {
            String[] row = rows.get(r);
            if (isWhole(row)) {
                double[] channels = values.get(r - 1);
                double[] before = channels.clone();
                double[] frozen = remember(newest, row, before, false);
                disturbance.apply(channels, copies.get(r - begin), frozen, r - begin);
                write(row, before, channels);
            }
        }
        return "from line %d on, %s"
                .formatted(
                        begin + 1, disturbance.description(c -> layout.header().get(columns[c])));
    }

    /** The last values of the row's asset before the shift, or its first ones after it. */
    private double[] remember(
            Map<String, double[]> newest, String[] row, double[] channels, boolean isBefore) {
        String asset = layout.asset() < 0 ? "" : row[layout.asset()];
        double[] known =
                newest.computeIfAbsent(
                        asset,
                        name -> {
                            double[] none = new double[channels.length];
                            Arrays.fill(none, Double.NaN);
                            return none;
                        });
        for (int c = 0; c < channels.length; c++) {
            if (!Double.isNaN(channels[c]) && (isBefore || Double.isNaN(known[c]))) {
                known[c] = channels[c];
            }
        }
        return known;
    }

    private boolean isWhole(String[] row) {
        return row.length == layout.columns();
    }

    private double[] channels(String[] row) {
        double[] channels = new double[columns.length];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = isWhole(row) ? number(row, columns[c]) : Double.NaN;
        }
        return channels;
    }

    private static double number(String[] row, int column) {
        try {
            return Double.parseDouble(row[column].strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void write(String[] row, double[] before, double[] after) {
        for (int c = 0; c < columns.length; c++) {
            // Only changed values, so that other cells keep their text.
            if (Double.compare(before[c], after[c]) != 0 && !Double.isNaN(before[c])) {
                row[columns[c]] = Double.isNaN(after[c]) ? "" : Double.toString(after[c]);
            }
        }
    }
}
