package io.pidstream.dataset;

import io.pidstream.admit.Inbound;
import io.pidstream.admit.Refusals;
import io.pidstream.avro.Label;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.CsvRows;
import io.pidstream.event.Targets;
import io.pidstream.version.TrainingSamples;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The labelled rows of a file in three parts: by its {@code split} column, or else by time, the
 * first 70 % for training, the next 10 % for validation, the last 20 % for the test.
 *
 * @param problems why rows are unusable
 * @param unusable rows that cannot be read
 * @param unlabelled rows without a target, or without any modality
 * @param notRunning rows of an asset that was not running
 */
public record TrainingData(
        TrainingSamples training,
        TrainingSamples validation,
        TrainingSamples test,
        Refusals problems,
        long unusable,
        long unlabelled,
        long notRunning) {
    private static final String SPLIT = "split";
    private static final double TEST = 0.2;
    private static final double VALIDATION_OF_REST = 0.125;

    /**
     * @throws ConfigurationException if a split is not one of the three, or a part has no rows
     */
    public static TrainingData read(PipelineConfig config, CsvData data) throws IOException {
        try (CsvRows rows = data.open()) {
            return new Reader(config, data, rows).read();
        }
    }

    /** Validation and test rows, to which nothing has been fitted. */
    public TrainingSamples heldOut() {
        TrainingSamples held = new TrainingSamples();
        for (TrainingSamples part : List.of(validation, test)) {
            for (int i = 0; i < part.size(); i++) {
                held.add(part.channels(i), part.present(i), part.targets(i), part.time(i));
            }
        }
        return held;
    }

    private static final class Reader {
        private final PipelineConfig config;
        private final CsvData data;
        private final CsvRows rows;
        private final Refusals problems = new Refusals();
        private long unusable;
        private long unlabelled;
        private long notRunning;
        private final RunningRows running;

        Reader(PipelineConfig config, CsvData data, CsvRows rows) {
            this.config = config;
            this.data = data;
            this.rows = rows;
            this.running = new RunningRows(config);
        }

        TrainingData read() {
            List<String> names = List.of("train", "validation", "test");
            List<TrainingSamples> parts =
                    List.of(new TrainingSamples(), new TrainingSamples(), new TrainingSamples());
            boolean split = rows.hasSplit();
            while (rows.next()) {
                int part = 0;
                if (split && rows.rowDeadLetter() == null) {
                    part = names.indexOf(rows.split());
                    if (part < 0) {
                        throw new ConfigurationException(
                                List.of(
                                        "--data: %s, line %d: column %s: '%s'; expected train, validation or test"
                                                .formatted(
                                                        rows.file(),
                                                        rows.line(),
                                                        SPLIT,
                                                        rows.split())));
                    }
                }
                add(parts.get(part));
            }
            if (split) {
                return data(parts.get(0), parts.get(1), parts.get(2), "its column split");
            }
            if (parts.get(0).size() == 0) {
                throw problem("expected labelled rows; there are none");
            }
            TrainingSamples.Split outer = parts.get(0).split(TEST);
            TrainingSamples.Split inner = outer.older().split(VALIDATION_OF_REST);
            return data(inner.older(), inner.newer(), outer.newer(), "time, 70/10/20");
        }

        private TrainingData data(
                TrainingSamples training,
                TrainingSamples validation,
                TrainingSamples test,
                String how) {
            if (training.size() == 0 || validation.size() == 0 || test.size() == 0) {
                throw problem(
                        "expected rows for training, validation and test; by %s there are %d, %d and %d"
                                .formatted(how, training.size(), validation.size(), test.size()));
            }
            return new TrainingData(
                    training, validation, test, problems, unusable, unlabelled, notRunning);
        }

        private void add(TrainingSamples part) {
            Inbound dead = rows.rowDeadLetter();
            if (dead != null) {
                refuse(dead);
                return;
            }
            int k = config.modalities().count();
            double[][] channels = new double[k][];
            boolean[] present = new boolean[k];
            boolean any = false;
            double[] all = new double[config.modalities().channelCount()];
            for (int m = 0; m < k; m++) {
                Inbound inbound = rows.reading(m);
                if (inbound.deadLetter() != null) {
                    refuse(inbound);
                    return;
                }
                List<Double> values = inbound.reading().getValues();
                present[m] = values.stream().noneMatch(v -> v == null);
                any |= present[m];
                for (int c = 0; c < values.size(); c++) {
                    Double value = values.get(c);
                    all[config.modalities().offset(m) + c] = value == null ? Double.NaN : value;
                }
                channels[m] = values.stream().mapToDouble(v -> v == null ? 0 : v).toArray();
            }
            Inbound label = rows.label();
            if (label != null && label.deadLetter() != null) {
                refuse(label);
            } else if (!running.isRunning(rows.asset(), all)) {
                notRunning++;
            } else if (label == null || !any) {
                unlabelled++;
            } else {
                Label known = label.label();
                part.add(channels, present, Targets.of(known), rows.time().toEpochMilli());
            }
        }

        private void refuse(Inbound inbound) {
            unusable++;
            problems.add(inbound.deadLetter().getDetail());
        }

        private ConfigurationException problem(String expected) {
            return new ConfigurationException(
                    List.of("--data: %s: %s".formatted(data.name(), expected)));
        }
    }

    @Override
    public String toString() {
        return Arrays.asList(training.size(), validation.size(), test.size()).toString();
    }
}
