package io.pidstream.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from Kafka until it is stopped. After an error from which a client cannot recover it starts
 * again with a new one.
 */
public abstract class ConsumerLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final long PAUSE_MILLIS = 2000;

    private final Object lock = new Object();
    private Consumer<byte[], byte[]> consumer;
    private boolean stopped;

    /** A new consumer, for {@link #read}; nothing of a former one is valid any more. */
    protected abstract Consumer<byte[], byte[]> connect();

    /** Reads with the newest consumer; returns to start again after a pause. */
    protected abstract void read() throws InterruptedException;

    /** Told that it starts again, and why. */
    protected abstract void failed(RuntimeException failure);

    @Override
    public final void run() {
        while (open()) {
            try {
                read();
            } catch (WakeupException | InterruptException e) {
                LOG.debug("no longer reads", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException | KafkaUnavailableException e) {
                failed(e);
            } finally {
                consumer.close();
            }
            pause();
        }
    }

    private boolean open() {
        synchronized (lock) {
            if (!stopped) {
                consumer = connect();
            }
            return !stopped;
        }
    }

    /** Stops it soon; may be called by any thread. */
    public final void stop() {
        synchronized (lock) {
            stopped = true;
            if (consumer != null) {
                consumer.wakeup();
            }
            lock.notifyAll();
        }
    }

    private void pause() {
        synchronized (lock) {
            if (!stopped) {
                try {
                    lock.wait(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    stopped = true;
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
