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
 * Detects when an enumerator with one-time partition discovery has finished it, and then signals
 * every reader once that there are no more splits. Everything happens in the coordinator's thread.
 */
final class EndingContext implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final Set<Integer> told = new HashSet<>();
    private int stepsToCome;
    private boolean discovered;

    EndingContext(SplitEnumeratorContext<KafkaPartitionSplit> context) {
        this.context = context;
    }

    /** Registers a reader, which may be a new attempt. */
    void isNew(int reader) {
        told.remove(reader);
    }

    /** Signals a reader if discovery has finished and it was not signalled yet. */
    void tellIfDiscovered(int reader) {
        if (discovered) {
            signalNoMoreSplits(reader);
        }
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        // Signalling a reader that has already ended for this reason would fail the job.
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
                    // May call this method again: a discovery that found partitions has a second
                    // step.
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
                "a bounded source discovers partitions every %d ms; expected once"
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
