package io.pidstream.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in its own way on Ctrl-C: the command is told, and the process waits for it to
 * close this before it goes away.
 */
public final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::askAndWait, "interrupt");

    private Interrupt() {}

    public static Interrupt onCtrlC() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void askAndWait() {
        asked.countDown();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("gave up waiting after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits; whether Ctrl-C came. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return asked.await(time, unit);
    }

    /** Whether Ctrl-C came. */
    boolean asked() {
        return asked.getCount() == 0;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!asked()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process began to go away just now; the hook finds this closed.
                return;
            }
        }
    }
}
