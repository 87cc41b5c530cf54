package io.pidstream.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is watched while a job runs: that it is the only one of its name, and its topics. What it
 * finds are warnings in the job's log, one line each.
 *
 * @param settings connection to Kafka
 * @param name what consumer group and transactional ids begin with
 * @param inputs topics with the job's input
 * @param readings those of them with readings; none for a job without
 * @param bounded whether the job ends at the ends that the topics have now
 * @param idleAfter the silence after which readings no longer hold back event time
 */
public record JobWatch(
        KafkaSettings settings,
        String name,
        List<String> inputs,
        List<String> readings,
        boolean bounded,
        Duration idleAfter)
        implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS_TO_LOOK = 5;

    /** A submitting client, or a job that is just ending, may have the name for so long. */
    private static final Duration GRACE_AT_START = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration SHORT_STANDSTILL = Duration.ofSeconds(5);
    private static final Duration LONG_STANDSTILL = Duration.ofMinutes(1);

    public JobWatch {
        inputs = List.copyOf(inputs);
        readings = List.copyOf(readings);
    }

    /** Whether two jobs of the name would abort each other's transactions. */
    public boolean isExclusive() {
        return settings.delivery() == KafkaSettings.Delivery.EXACTLY_ONCE;
    }

    /**
     * Starts to watch.
     *
     * @param fail fails the job
     */
    Running start(Consumer<RuntimeException> fail) {
        return new Running(fail);
    }

    /** The thread that watches. */
    final class Running implements AutoCloseable {
        private final Consumer<RuntimeException> fail;
        private final CountDownLatch closing = new CountDownLatch(1);
        private final NameLease lease;
        private final Thread thread;
        private boolean wasHeld;
        private boolean unknown;
        private boolean unavailable;

        private Running(Consumer<RuntimeException> fail) {
            this.fail = fail;
            this.lease = isExclusive() ? NameLease.ask(settings, name) : null;
            this.thread = new Thread(this::run, name + "-watch");
            thread.setDaemon(true);
            thread.setContextClassLoader(JobWatch.class.getClassLoader());
            thread.start();
        }

        private void run() {
            // Its closing needs classes that are gone when the job has ended.
            Clients.admin(settings).close();
            try (Admin admin = Clients.admin(settings)) {
                TopicWatch topics = new TopicWatch(JobWatch.this, admin);
                for (long step = 0;
                        !closing.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
                        step++) {
                    if (lease != null) {
                        check();
                    }
                    if (step % STEPS_TO_LOOK == 0) {
                        look(topics);
                    }
                }
            } catch (NameTakenException e) {
                fail.accept(e);
            } catch (ExecutionException e) {
                LOG.warn("the topics of {} are no longer watched", name, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void check() throws ExecutionException {
            NameLease.Standing standing = lease.standing();
            wasHeld |= standing.state() == NameLease.State.HELD;
            if (standing.state() == NameLease.State.TAKEN
                    && standing.age().compareTo(wasHeld ? GRACE : GRACE_AT_START) > 0) {
                throw lease.taken();
            }
            if (!unknown && lease.failure().isPresent()) {
                unknown = true;
                LOG.warn("{}", lease.unknown());
            }
        }

        /** A broker that does not answer is the sources' business; they say so, and wait. */
        private void look(TopicWatch topics) throws ExecutionException {
            try {
                topics.look(Duration.ofNanos(System.nanoTime()))
                        .forEach(line -> LOG.warn("{}", line));
                unavailable = false;
            } catch (KafkaUnavailableException e) {
                if (!unavailable) {
                    LOG.warn("the topics of {} cannot be watched: {}", name, e.getMessage());
                }
                unavailable = true;
            }
        }

        @Override
        public void close() {
            closing.countDown();
            if (lease != null) {
                lease.close();
            }
        }
    }

    /** Everything that is watched in topics. */
    private static final class TopicWatch {
        private final JobWatch watch;
        private final Topics topics;
        private final TopicEnds inputs;
        private final TopicEnds losses;
        private final HeldInputs held;
        private final SilentInputs silent;
        private final LossRate late =
                new LossRate(
                        "about %d of %d readings of the last minute came after their slot was"
                            + " closed: see alignment.max-out-of-orderness, and run serve --bounded"
                            + " for a backlog");
        private final LossRate dead;

        TopicWatch(JobWatch watch, Admin admin) {
            this.watch = watch;
            this.topics = new Topics(watch.settings.prefix());
            this.inputs = new TopicEnds(admin, watch.settings, watch.inputs);
            this.losses =
                    new TopicEnds(
                            admin,
                            watch.settings,
                            List.of(topics.lateReadings(), topics.deadLetters()));
            this.held =
                    new HeldInputs(
                            watch.bounded ? SHORT_STANDSTILL : LONG_STANDSTILL,
                            new OpenTransactions(admin, watch.settings));
            this.silent = new SilentInputs(watch.idleAfter);
            this.dead =
                    new LossRate(
                            "about %d of %d records of the last minute became dead letters:"
                                    + " pidstream tail dead-letters --prefix "
                                    + watch.settings.prefix()
                                    + " says why");
        }

        List<String> look(Duration now) throws ExecutionException {
            Map<TopicPartition, TopicEnds.Ends> ends = inputs.read();
            List<String> lines = new ArrayList<>(held.look(now, ends));
            if (!watch.readings.isEmpty()) {
                Map<String, Long> written = TopicEnds.perTopic(ends);
                Map<String, Long> lost = TopicEnds.perTopic(losses.read());
                long all = written.values().stream().mapToLong(Long::longValue).sum();
                written.keySet().retainAll(watch.readings);
                long readings = written.values().stream().mapToLong(Long::longValue).sum();
                dead.look(now, lost.get(topics.deadLetters()), all).ifPresent(lines::add);
                if (!watch.bounded) {
                    late.look(now, lost.get(topics.lateReadings()), readings).ifPresent(lines::add);
                    lines.addAll(silent.look(now, written));
                }
            }
            return lines;
        }
    }
}
