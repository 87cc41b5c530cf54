package io.pidstream.dataset;

import io.pidstream.admit.Inbound;
import io.pidstream.admit.Refusals;
import io.pidstream.avro.Label;
import io.pidstream.config.PipelineConfig;
import io.pidstream.csv.CsvData;
import io.pidstream.csv.CsvRows;
import io.pidstream.event.Targets;
import java.io.Closeable;
import java.io.IOException;

/**
 * The complete rows of a data set, with all modalities and targets, which are decomposed. The
 * others are only counted.
 */
final class DataRows implements Closeable {
    private final int modalities;
    private final CsvRows rows;
    private final NewestTargets history;
    private final RunningRows running;
    private final Refusals problems = new Refusals();

    private final double[] channels;
    private double[] targets;

    private long read;
    private long used;
    private long incomplete;
    private long unlabelled;
    private long notRunning;
    private long unusable;

    DataRows(CsvData data, PipelineConfig config) throws IOException {
        this.modalities = config.modalities().count();
        this.rows = data.open();
        this.history =
                config.target().historyOfRows()
                        ? new NewestTargets(config.alignment().period().toMillis())
                        : null;
        this.running = new RunningRows(config);
        this.channels = new double[DataVariables.of(config).channels()];
    }

    /** Moves to the next complete row; false at the end. */
    boolean next() {
        while (rows.next()) {
            read++;
            if (isComplete()) {
                used++;
                return true;
            }
        }
        return false;
    }

    private boolean isComplete() {
        Inbound dead = rows.rowDeadLetter();
        if (dead != null) {
            return refuse(dead);
        }
        boolean complete = true;
        int offset = 0;
        for (int m = 0; m < modalities; m++) {
            Inbound inbound = rows.reading(m);
            if (inbound.deadLetter() != null) {
                return refuse(inbound);
            }
            for (Double value : inbound.reading().getValues()) {
                complete &= value != null;
                channels[offset++] = value == null ? Double.NaN : value;
            }
        }
        Inbound label = rows.label();
        if (label != null && label.deadLetter() != null) {
            return refuse(label);
        }
        if (!running.isRunning(asset(), channels)) {
            notRunning++;
            return false;
        }
        if (history != null) {
            complete &= history.write(asset(), time(), channels, offset);
        }
        return isComplete(complete, label == null ? null : label.label());
    }

    private boolean isComplete(boolean complete, Label label) {
        if (label == null) {
            unlabelled++;
            return false;
        }
        if (history != null) {
            history.add(label);
        }
        if (!complete) {
            incomplete++;
        }
        targets = Targets.of(label);
        return complete;
    }

    private boolean refuse(Inbound inbound) {
        unusable++;
        problems.add(inbound.deadLetter().getDetail());
        return false;
    }

    /** Values of all channels of the current row; overwritten by the next. */
    double[] channels() {
        return channels;
    }

    /** Targets of the current row. */
    double[] targets() {
        return targets;
    }

    /** Asset of the current row. */
    String asset() {
        return rows.asset();
    }

    /** Event time of the current row, milliseconds since 1970. */
    long time() {
        return rows.time().toEpochMilli();
    }

    /** Rows read so far. */
    long read() {
        return read;
    }

    RowCounts counts() {
        return new RowCounts(read, used, incomplete, unlabelled, notRunning, unusable);
    }

    /** Why rows are unusable. */
    Refusals problems() {
        return problems;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
