package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.junit.jupiter.api.Test;

class EndingContextTest {
    private final Map<Integer, ReaderInfo> readers = new TreeMap<>();
    private final Deque<BiConsumer<Object, Throwable>> steps = new ArrayDeque<>();
    private final List<Integer> told = new ArrayList<>();
    private final EndingContext context = new EndingContext(coordinator());

    @Test
    void tellsReadersThatRegisteredBeforeTheDiscoveryWasDone() {
        readers.put(0, new ReaderInfo(0, "here"));
        context.callAsync(() -> null, (result, failure) -> {});
        context.tellIfDiscovered(0);
        assertThat(told).isEmpty();

        steps.remove().accept(null, null);

        assertThat(told).containsExactly(0);
    }

    @Test
    void waitsForTheSecondStepOfADiscoveryThatFoundSomething() {
        readers.put(0, new ReaderInfo(0, "here"));
        context.callAsync(
                () -> null,
                (found, failure) -> context.callAsync(() -> null, (splits, unused) -> {}));

        steps.remove().accept(null, null);
        assertThat(told).isEmpty();

        steps.remove().accept(null, null);
        assertThat(told).containsExactly(0);
    }

    @Test
    void tellsAReaderOnceAndItsNextAttemptAgain() {
        context.callAsync(() -> null, (result, failure) -> {});
        steps.remove().accept(null, null);

        context.tellIfDiscovered(1);
        context.tellIfDiscovered(1);
        context.signalNoMoreSplits(1);
        assertThat(told).containsExactly(1);

        context.isNew(1);
        context.tellIfDiscovered(1);
        assertThat(told).containsExactly(1, 1);
    }

    @SuppressWarnings("unchecked")
    private SplitEnumeratorContext<KafkaPartitionSplit> coordinator() {
        return (SplitEnumeratorContext<KafkaPartitionSplit>)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {SplitEnumeratorContext.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "registeredReaders" -> readers;
                                    case "callAsync" -> {
                                        steps.add((BiConsumer<Object, Throwable>) arguments[1]);
                                        yield null;
                                    }
                                    case "signalNoMoreSplits" -> {
                                        told.add((Integer) arguments[0]);
                                        yield null;
                                    }
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }
}
