package io.pidstream.process;

import io.pidstream.kafka.JobWatch;
import io.pidstream.kafka.NameLease;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Holds the name of a job until the job holds it itself, so that a second job of the name is
 * refused before it has touched a transaction of the first.
 */
public final class OnlyJob implements AutoCloseable {
    /** Of a job whose transactions are nobody's business, or that checks this itself. */
    public static final OnlyJob UNCHECKED = new OnlyJob(null, null);

    /** A job that has just been stopped may need so long to say goodbye. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final NameLease lease;
    private final PrintWriter err;

    private OnlyJob(NameLease lease, PrintWriter err) {
        this.lease = lease;
        this.err = err;
    }

    /** Begins to ask for the name. */
    public static OnlyJob of(JobWatch job, PrintWriter err) {
        return job.isExclusive()
                ? new OnlyJob(NameLease.ask(job.settings(), job.name()), err)
                : UNCHECKED;
    }

    /**
     * @throws io.pidstream.kafka.NameTakenException if another job of the name runs
     */
    public void await() throws ExecutionException, InterruptedException {
        if (lease != null) {
            lease.await(GRACE);
            lease.failure().ifPresent(unused -> err.println(lease.unknown()));
        }
    }

    /** Leaves the name to the job that was started. */
    public void handOver() throws ExecutionException, InterruptedException {
        if (lease != null) {
            lease.handOver(START_LIMIT);
        }
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
