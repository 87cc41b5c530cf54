package io.pidstream.kafka;

import java.io.IOException;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source whose enumerator also watches the job: there is one per job, on the JobManager, it lives
 * as long as the job does, and it may fail the job. Its state is that of the source.
 *
 * @param source the source
 * @param watch what is watched
 */
public record WatchedSource<T, S extends SourceSplit, E>(Source<T, S, E> source, JobWatch watch)
        implements Source<T, S, E> {
    private static final long serialVersionUID = 1;

    /** Adds a watch to a source. */
    public static <T, S extends SourceSplit, E> Source<T, ?, ?> of(
            Source<T, S, E> source, JobWatch watch) {
        return new WatchedSource<>(source, watch);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
        return source.createReader(context);
    }

    @Override
    public SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context)
            throws Exception {
        return new WatchedEnumerator<>(source.createEnumerator(context), context, watch);
    }

    @Override
    public SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E state)
            throws Exception {
        return new WatchedEnumerator<>(source.restoreEnumerator(context, state), context, watch);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    /** The source's enumerator, and the thread that watches. */
    private static final class WatchedEnumerator<S extends SourceSplit, E>
            extends ForwardingEnumerator<S, E> {
        private final SplitEnumeratorContext<S> context;
        private final JobWatch watch;
        private JobWatch.Running running;

        WatchedEnumerator(
                SplitEnumerator<S, E> enumerator,
                SplitEnumeratorContext<S> context,
                JobWatch watch) {
            super(enumerator);
            this.context = context;
            this.watch = watch;
        }

        @Override
        public void start() {
            running =
                    watch.start(
                            failure ->
                                    context.runInCoordinatorThread(
                                            () -> {
                                                throw failure;
                                            }));
            super.start();
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                if (running != null) {
                    running.close();
                }
            }
        }
    }
}
