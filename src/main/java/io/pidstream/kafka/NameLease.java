package io.pidstream.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The right to write with the transactional ids of a name, held by one process at a time.
 *
 * <p>Transactional ids alone do not show whether a job is alive: a transaction may be open without
 * a job, and a job without a transaction. So the right is membership in a consumer group of its own
 * on a topic with one partition, which Kafka gives to one member. A member that comes later leaves
 * it to the one that has it, and a member that dies loses it after {@link #SESSION}. The group
 * reads nothing and commits nothing; it disappears with its last member.
 */
public final class NameLease implements AutoCloseable {
    /** After this much silence Kafka takes the right from a process that died. */
    static final Duration SESSION = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Pattern SINCE = Pattern.compile("-since-([0-9-]+T[0-9:]+Z)");

    private final KafkaSettings settings;
    private final String name;
    private final String group;
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile Standing standing = new Standing(State.JOINING, System.nanoTime());
    private volatile KafkaException failure;
    private volatile boolean closing;

    /** What Kafka says of this process. */
    enum State {
        /** Nothing yet, or nothing since the connection was lost. */
        JOINING,
        /** It has the right. */
        HELD,
        /** Another process has it, which was alive when Kafka said so. */
        TAKEN
    }

    /**
     * @param since when it began, by {@link System#nanoTime}
     */
    record Standing(State state, long since) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    private NameLease(KafkaSettings settings, String name) {
        this.settings = settings;
        this.name = name;
        this.group = name + "-lease";
        this.consumer = Clients.member(settings, group, clientId(), SESSION);
        this.thread = new Thread(this::run, group);
        thread.setDaemon(true);
        thread.setContextClassLoader(NameLease.class.getClassLoader());
    }

    /**
     * Begins to ask for the right.
     *
     * @param name the name that transactional ids begin with
     */
    public static NameLease ask(KafkaSettings settings, String name) {
        NameLease lease = new NameLease(settings, name);
        lease.thread.start();
        return lease;
    }

    private String clientId() {
        return "%s-%s-%d-since-%s"
                .formatted(
                        name,
                        host(),
                        ProcessHandle.current().pid(),
                        Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The name only helps a reader; Kafka knows the address.
            return "unknown-host";
        }
    }

    /**
     * Flink closes the class loader of a job beside its enumerators, not after them: what a client
     * needs to leave its group must have been loaded before. Otherwise it would stay in the group
     * without a job, and keep the name.
     */
    private void rehearseClosing() {
        Clients.member(settings, group, clientId() + "-rehearsal", SESSION).close();
    }

    private void run() {
        try (consumer) {
            rehearseClosing();
            consumer.subscribe(
                    List.of(new Topics(settings.prefix()).modelVersions()), new Listener());
            while (!closing) {
                consumer.poll(POLL);
            }
        } catch (WakeupException e) {
            // This is being closed; the group learns it when the consumer closes.
            closing = true;
        } catch (KafkaException e) {
            failure = e;
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            // Nothing is read: the partition only stands for the right.
            consumer.pause(added);
            enter(consumer.assignment().isEmpty() ? State.TAKEN : State.HELD);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (!revoked.isEmpty()) {
                enter(State.JOINING);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            enter(State.JOINING);
        }
    }

    private void enter(State state) {
        if (standing.state() != state) {
            standing = new Standing(state, System.nanoTime());
        }
    }

    Standing standing() {
        return standing;
    }

    /** Why Kafka does not let this process into the group; empty if it does. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure).map(Throwable::getMessage);
    }

    /** What it means that Kafka does not let this process into the group. */
    public String unknown() {
        return "%s: whether another job of this name runs is not known: %s"
                .formatted(name, failure == null ? "" : failure.getMessage());
    }

    /**
     * Waits for the right.
     *
     * @param grace how long to wait for a holder that may be about to end; a dead one is waited for
     *     in any case
     * @throws NameTakenException if another process keeps it
     */
    public void await(Duration grace) throws ExecutionException, InterruptedException {
        while (failure == null && standing.state() != State.HELD) {
            Standing now = standing;
            if (now.state() == State.TAKEN && now.age().compareTo(grace) > 0) {
                throw taken();
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** Waits until a successor asks for the right, so that nobody gets between; then leaves it. */
    public void handOver(Duration limit) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (failure == null && System.nanoTime() < end && describe().members().size() < 2) {
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        close();
    }

    /** An exception that names the holder. */
    NameTakenException taken() throws ExecutionException {
        return new NameTakenException(
                "%s: another job of this name (%s) writes with the same transactions; stop it first, or give this one another name"
                        .formatted(
                                name,
                                describe().members().stream()
                                        .filter(m -> !m.assignment().topicPartitions().isEmpty())
                                        .findFirst()
                                        .map(NameLease::text)
                                        .orElse("it has just ended")));
    }

    private static String text(MemberDescription member) {
        Matcher since = SINCE.matcher(member.clientId());
        return "member %s, host %s, %s"
                .formatted(
                        member.clientId().replaceFirst("-since-.*", ""),
                        member.host().replaceFirst("^/", ""),
                        since.find() ? "since " + since.group(1) : "since an unknown time");
    }

    private ConsumerGroupDescription describe() throws ExecutionException {
        try (Admin admin = Clients.admin(settings)) {
            Map<String, ConsumerGroupDescription> found =
                    Clients.await(
                            admin.describeConsumerGroups(List.of(group)).all(), settings, group);
            return found.get(group);
        }
    }

    /** Leaves the right to others; returns when Kafka knows. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(SESSION.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
