package io.pidstream.csv;

import io.pidstream.config.PipelineConfig;
import io.pidstream.simulate.Disturbance;
import io.pidstream.simulate.Injection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A copy of rows with an injected shift. Rows keep their lines, times and targets; a value that is
 * missing is not changed. All rows are held in memory.
 */
final class InjectedRows {
    private final PipelineConfig config;
    private final Injection injection;
    private final ValueNames names;
    private final List<Row> rows = new ArrayList<>();
    private final int begin;

    private InjectedRows(RowFile file, PipelineConfig config, Injection injection)
            throws IOException {
        this.config = config;
        this.injection = injection;
        this.names = ValueNames.of(config);
        try (RowReader reader = new RowReader(Path.of(file.path()))) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        begin = (int) Math.round(injection.share() * rows.size());
    }

    /**
     * Writes the copy.
     *
     * @return a sentence that says what was changed, from which line
     */
    static String write(RowFile file, PipelineConfig config, Injection injection, Path to)
            throws IOException {
        InjectedRows injected = new InjectedRows(file, config, injection);
        String description = injected.inject();
        try (RowWriter writer = new RowWriter(to)) {
            for (Row row : injected.rows) {
                writer.write(row);
            }
        }
        return description;
    }

    private String inject() {
        int first = config.modalities().size(0);
        Disturbance disturbance =
                new Disturbance(injection, 0, first, first, config.modalities().size(1));
        Map<String, double[]> newest = new HashMap<>();
        List<double[]> values = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            double[] channels = channels(row);
            values.add(channels);
            if (r < begin && row.problem() == null) {
                disturbance.learn(channels, row.values()[names.channels()]);
                remember(newest, row, channels, true);
            }
        }
        List<double[]> donors = new ArrayList<>(values.subList(begin, values.size()));
        Collections.shuffle(donors, new Random(injection.scenario().seed()));
        List<double[]> copies = donors.stream().map(double[]::clone).toList();
        for (int r = begin; r < rows.size(); r++) {
            Row row = rows.get(r);
            if (row.problem() == null) {
                double[] channels = values.get(r);
                double[] before = channels.clone();
                double[] frozen = remember(newest, row, before, false);
                disturbance.apply(channels, copies.get(r - begin), frozen, r - begin);
                write(row, before, channels);
            }
        }
        return "from line %d on, %s"
                .formatted(
                        rows.get(Math.min(begin, rows.size() - 1)).line(),
                        disturbance.description(c -> names.columns().get(c)));
    }

    /** The last values of the row's asset before the shift, or its first ones after it. */
    private static double[] remember(
            Map<String, double[]> newest, Row row, double[] channels, boolean isBefore) {
        double[] known =
                newest.computeIfAbsent(
                        row.asset(),
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

    private double[] channels(Row row) {
        double[] channels = new double[names.channels()];
        Arrays.fill(channels, Double.NaN);
        if (row.problem() == null) {
            System.arraycopy(row.values(), 0, channels, 0, channels.length);
        }
        return channels;
    }

    private static void write(Row row, double[] before, double[] after) {
        for (int c = 0; c < after.length; c++) {
            if (!Double.isNaN(before[c])) {
                row.values()[c] = after[c];
            }
        }
    }
}
