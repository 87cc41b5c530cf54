package io.pidstream.commit;

import io.pidstream.commit.CountedCommittable.Written;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;

/** The connector's writer, which also counts what it writes into each transaction. */
final class CountingWriter<T>
        implements StatefulSinkWriter<T, KafkaWriterState>,
                CommittingSinkWriter<T, KafkaCommittable> {
    private final PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer;
    private final EventTime<T> time;

    private long records;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;

    CountingWriter(
            PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer,
            EventTime<T> time) {
        this.writer = writer;
        this.time = time;
    }

    @Override
    public void write(T record, Context context) throws IOException, InterruptedException {
        writer.write(record, context);
        Instant at = time.of(record);
        records++;
        first = at.isBefore(first) ? at : first;
        last = at.isAfter(last) ? at : last;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    /** The connector gives at most one transaction at a time, and none without records. */
    @Override
    public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
        Written written = new Written(records, first, last);
        records = 0;
        first = Instant.MAX;
        last = Instant.MIN;
        return writer.prepareCommit().stream()
                .<KafkaCommittable>map(transaction -> new CountedCommittable(transaction, written))
                .toList();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
        return writer.snapshotState(checkpoint);
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }
}
