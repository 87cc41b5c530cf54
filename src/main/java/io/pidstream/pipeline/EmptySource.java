package io.pidstream.pipeline;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A bounded source without records, for topics that a run on a file does not have. */
public final class EmptySource<T>
        implements Source<T, EmptySource.NoSplit<T>, Collection<EmptySource.NoSplit<T>>> {
    private static final long serialVersionUID = 1;

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, NoSplit<T>> createReader(SourceReaderContext context) {
        return new IteratorSourceReader<>(context);
    }

    @Override
    public SplitEnumerator<NoSplit<T>, Collection<NoSplit<T>>> createEnumerator(
            SplitEnumeratorContext<NoSplit<T>> context) {
        return new IteratorSourceEnumerator<>(context, List.of());
    }

    @Override
    public SplitEnumerator<NoSplit<T>, Collection<NoSplit<T>>> restoreEnumerator(
            SplitEnumeratorContext<NoSplit<T>> context, Collection<NoSplit<T>> checkpoint) {
        return createEnumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<NoSplit<T>> getSplitSerializer() {
        return new Nothing<>(new NoSplit<>());
    }

    @Override
    public SimpleVersionedSerializer<Collection<NoSplit<T>>> getEnumeratorCheckpointSerializer() {
        return new Nothing<>(List.of());
    }

    /** The type of splits; none is ever assigned. */
    public static final class NoSplit<T> implements IteratorSourceSplit<T, Iterator<T>> {
        @Override
        public String splitId() {
            return "none";
        }

        @Override
        public Iterator<T> getIterator() {
            return List.<T>of().iterator();
        }

        @Override
        public IteratorSourceSplit<T, Iterator<T>> getUpdatedSplitForIterator(
                Iterator<T> iterator) {
            return this;
        }
    }

    private record Nothing<V>(V value) implements SimpleVersionedSerializer<V> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(V value) {
            return new byte[0];
        }

        @Override
        public V deserialize(int version, byte[] serialized) {
            return value;
        }
    }
}
