package io.pidstream.train;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training thread, so that the task's thread never waits. */
final class TrainingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingThread.class);
    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService executor;
    private volatile boolean cancelled;

    TrainingThread(String name) {
        this.executor =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, name);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Receives an outcome, on the training thread. */
    interface Receiver {
        void accept(Outcome outcome);
    }

    /**
     * @param attempt gets a supplier of whether it has been cancelled
     */
    void start(Function<BooleanSupplier, Outcome> attempt, Receiver receiver) {
        executor.execute(
                () -> {
                    Outcome outcome = attempt.apply(() -> cancelled);
                    if (!cancelled) {
                        receiver.accept(outcome);
                    }
                });
    }

    /** Cancels the training in progress and waits until it has stopped. */
    @Override
    public void close() {
        cancelled = true;
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("training did not stop within {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
