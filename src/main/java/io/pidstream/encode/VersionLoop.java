package io.pidstream.encode;

import io.pidstream.avro.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Feeds model versions back to the encoders of a single-process job, in which no topic does so. It
 * is synchronised in event time: {@link #await} blocks until all versions that can be in effect at
 * a time have been published. So the version that encodes a frame depends on the input alone.
 *
 * <p>A version decided at event time t takes effect at t + {@link #lead()}.
 */
public final class VersionLoop implements AutoCloseable {
    /** Operators are serialized, so they find the shared object by its name. */
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
     * @param lead delay from the decision about a version until it takes effect, milliseconds of
     *     event time
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
                    "there is no version loop "
                            + name
                            + " in this process; such a job runs in one process only");
        }
        return loop;
    }

    /** The name by which operators find it. */
    public String name() {
        return name;
    }

    /** Delay from the decision about a version until it takes effect, milliseconds. */
    public long lead() {
        return lead;
    }

    synchronized void publish(ModelVersion version) {
        published.add(version);
    }

    /** Marks all decisions up to this event time as published. */
    synchronized void completeTo(long time) {
        complete = Math.max(complete, time);
        notifyAll();
    }

    /**
     * Waits until all versions in effect at an event time are known.
     *
     * @param after records up to this time are not returned
     * @return records that take effect at a time in (after, until], in order
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
