package io.pidstream.encode;

import io.pidstream.avro.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way of model versions back to the encoders where a job runs within this process and no topic
 * leads there, in event time: whoever asks for what holds at a time waits until all that can hold
 * then has been published. So which version encodes which frame depends on the input alone.
 *
 * <p>A version that is decided at event time t holds from t + {@link #lead()} on.
 */
public final class VersionLoop implements AutoCloseable {
    /** Operators are copied to where they run: a name is all that leads them back to one object. */
    private static final Map<String, VersionLoop> OPEN = new ConcurrentHashMap<>();

    private static final Comparator<ModelVersion> ORDER =
            Comparator.comparing(ModelVersion::getEffectiveFrom)
                    .thenComparing(ModelVersion::getVersion)
                    .thenComparing(ModelVersion::getState);

    private final String name;
    private final long lead;
    private final List<ModelVersion> published = new ArrayList<>();
    private long complete = Long.MIN_VALUE;

    private VersionLoop(String name, long lead) {
        this.name = name;
        this.lead = lead;
    }

    /**
     * Opens a loop, for one run.
     *
     * @param lead from the decision about a version until it holds, milliseconds of event time
     */
    public static VersionLoop open(long lead) {
        if (lead < 1) {
            throw new IllegalArgumentException("lead is " + lead + " ms, must be at least 1");
        }
        VersionLoop loop = new VersionLoop(UUID.randomUUID().toString(), lead);
        OPEN.put(loop.name, loop);
        return loop;
    }

    static VersionLoop named(String name) {
        VersionLoop loop = OPEN.get(name);
        if (loop == null) {
            throw new IllegalStateException(
                    "there is no loop " + name + " in this process; it runs in one process only");
        }
        return loop;
    }

    /** What operators find it by. */
    public String name() {
        return name;
    }

    /** From the decision about a version until it holds, milliseconds. */
    public long lead() {
        return lead;
    }

    synchronized void publish(ModelVersion version) {
        published.add(version);
    }

    /** All that was decided up to this event time has been published. */
    synchronized void completeTo(long time) {
        complete = Math.max(complete, time);
        notifyAll();
    }

    /**
     * Waits until all that holds at an event time is known.
     *
     * @param after what held at this time has been taken already
     * @return records that hold from a time in (after, until] on, in their order
     */
    synchronized List<ModelVersion> await(long after, long until) throws InterruptedException {
        while (complete < until - lead) {
            wait();
        }
        return published.stream()
                .filter(
                        version -> {
                            long from = version.getEffectiveFrom().toEpochMilli();
                            return from > after && from <= until;
                        })
                .sorted(ORDER)
                .toList();
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }
}
