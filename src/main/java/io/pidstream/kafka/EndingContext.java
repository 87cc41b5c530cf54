package io.pidstream.kafka;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Knows when an enumerator that looks for partitions once has done so, and then tells every reader,
 * once, that no more splits will come. Everything happens in the coordinator's thread.
 */
final class EndingContext implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final Set<Integer> told = new HashSet<>();
    private int stepsToCome;
    private boolean discovered;

    EndingContext(SplitEnumeratorContext<KafkaPartitionSplit> context) {
        this.context = context;
    }

    /** A reader has registered that may have been another attempt before. */
    void isNew(int reader) {
        told.remove(reader);
    }

    /** Tells a reader if it is true and has not been told. */
    void tellIfDiscovered(int reader) {
        if (discovered) {
            signalNoMoreSplits(reader);
        }
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        // Telling a reader that has ended for that reason would fail the job.
        if (told.add(subtask)) {
            context.signalNoMoreSplits(subtask);
        }
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        stepsToCome++;
        context.callAsync(
                callable,
                (result, failure) -> {
                    // May call this method: a discovery that found something has a second step.
                    handler.accept(result, failure);
                    stepsToCome--;
                    if (stepsToCome == 0) {
                        discovered = true;
                        registeredReaders().keySet().forEach(this::signalNoMoreSplits);
                    }
                });
    }

    @Override
    public <R> void callAsync(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long delay, long period) {
        throw new IllegalStateException(
                "a bounded source looks for partitions every %d ms; expected once"
                        .formatted(period));
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return context.metricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        context.sendEventToSourceReader(subtask, event);
    }

    @Override
    public int currentParallelism() {
        return context.currentParallelism();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return context.registeredReaders();
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> splits) {
        context.assignSplits(splits);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        context.runInCoordinatorThread(runnable);
    }
}
