package io.pidstream.csv;

import io.pidstream.admit.Inbound;
import io.pidstream.avro.Label;
import io.pidstream.config.PipelineConfig;
import io.pidstream.kafka.ResumableWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;

/** Sends the rows of a file in the order in which a plant would have sent them. */
public final class Replay {
    private final PipelineConfig config;
    private final ResumableWriter writer;
    private final Deque<Label> waiting = new ArrayDeque<>();
    private Instant now = Instant.MIN;
    private long rows;
    private long deadLetters;

    public Replay(PipelineConfig config, ResumableWriter writer) {
        this.config = config;
        this.writer = writer;
    }

    /**
     * Sends all rows in the order of time. A label is sent when it is known, that is, not before a
     * row of that time or later.
     *
     * @param progress gets the number of rows read
     */
    public void send(CsvData data, LongConsumer progress) throws IOException {
        try (CsvRows row = data.open()) {
            while (row.next()) {
                send(row);
                rows++;
                progress.accept(rows);
            }
        }
        sendLabels(Instant.MAX);
        writer.flush();
    }

    private void send(CsvRows row) {
        Inbound whole = row.rowDeadLetter();
        if (whole != null) {
            send(whole);
            return;
        }
        now = now.isBefore(row.time()) ? row.time() : now;
        sendLabels(now);
        for (int i = 0; i < config.modalities().count(); i++) {
            send(row.reading(i));
        }
        Inbound label = row.label();
        if (label != null && label.label() != null) {
            waiting.add(label.label());
            sendLabels(now);
        } else if (label != null) {
            send(label);
        }
    }

    private void sendLabels(Instant until) {
        while (!waiting.isEmpty() && !waiting.peek().getRecordedAt().isAfter(until)) {
            writer.send(waiting.remove());
        }
    }

    private void send(Inbound inbound) {
        if (inbound.reading() != null) {
            writer.send(inbound.reading());
        } else {
            writer.send(inbound.deadLetter());
            deadLetters++;
        }
    }

    public long rows() {
        return rows;
    }

    public long deadLetters() {
        return deadLetters;
    }
}
