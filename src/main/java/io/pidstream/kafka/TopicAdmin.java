package io.pidstream.kafka;

import io.pidstream.event.Modalities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a pipeline with the right settings, and checks existing ones. */
public final class TopicAdmin implements AutoCloseable {
    /** Largest model version or dead letter that a created topic accepts, in bytes. */
    static final int LARGE_MESSAGE_BYTES = 8 << 20;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KafkaSettings settings;
    private final Topics topics;
    private final InputTopics inputs;
    private final Admin admin;

    /**
     * @param settings connection to Kafka
     * @param modalities modalities, each with its own topic
     */
    public TopicAdmin(KafkaSettings settings, Modalities modalities) {
        this(settings, InputTopics.of(new Topics(settings.prefix()), modalities, List.of()));
    }

    /**
     * @param settings connection to Kafka
     * @param inputs the topics that the pipeline reads from
     */
    public TopicAdmin(KafkaSettings settings, InputTopics inputs) {
        this.settings = settings;
        this.topics = new Topics(settings.prefix());
        this.inputs = inputs;
        this.admin = Clients.admin(settings);
    }

    /**
     * Settings of created topics.
     *
     * @param partitions number of partitions of every topic except the model versions and the alert
     *     actions, which have one
     * @param replication number of replicas; empty for the broker's default
     * @param retention retention of every topic except those two; empty for unlimited. Kafka counts
     *     it from a record's timestamp, which is event time here, so an old file that is replayed
     *     into topics with a short retention is deleted within minutes
     */
    public record Layout(
            int partitions, Optional<Short> replication, Optional<Duration> retention) {
        public static final Layout DEFAULT = new Layout(4, Optional.empty(), Optional.empty());
    }

    /** Result of checking a topic. */
    public enum State {
        CREATED,
        OK,
        MISSING,
        WRONG
    }

    /**
     * A topic and the result of checking it.
     *
     * @param problem what is wrong and what was expected; empty if nothing is wrong
     */
    public record Finding(String topic, State state, int partitions, String problem) {}

    /** Creates missing topics of pidstream; checks existing ones without changing them. */
    public List<Finding> create(Layout layout) throws ExecutionException {
        Set<String> existing = new HashSet<>(Clients.await(admin.listTopics().names(), settings));
        List<String> missing =
                topics.all(inputs).stream()
                        .filter(name -> !existing.contains(name))
                        .filter(name -> !inputs.others().contains(name))
                        .toList();
        Map<String, KafkaFuture<Void>> created =
                admin.createTopics(missing.stream().map(name -> newTopic(name, layout)).toList())
                        .values();
        for (String name : missing) {
            try {
                Clients.await(created.get(name), settings);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                // Created concurrently by another process: it is checked like an existing topic.
                existing.add(name);
            }
        }
        awaitSeen(missing);
        awaitLeaders(missing.stream().filter(name -> !existing.contains(name)).toList(), layout);
        return check(existing).stream()
                .map(
                        found ->
                                missing.contains(found.topic()) && found.state() == State.MISSING
                                        ? created(found.topic(), layout)
                                        : found)
                .toList();
    }

    /**
     * Brokers list a topic only some time after its creation; a job started immediately would not
     * find it.
     */
    private void awaitSeen(List<String> names) throws ExecutionException {
        long deadline = System.nanoTime() + Clients.patience(settings).toNanos();
        while (!Clients.await(admin.listTopics().names(), settings).containsAll(names)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaUnavailableException(
                        "%s: the topics %s were created, but are not listed after %d s"
                                .formatted(
                                        settings.bootstrapServers(),
                                        String.join(", ", names),
                                        Clients.patience(settings).toSeconds()),
                        null);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /**
     * A listed partition may not accept records yet. A producer whose first batch is refused and
     * whose second is accepted retries the first until it gives up.
     */
    private void awaitLeaders(List<String> names, Layout layout) throws ExecutionException {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (String name : names) {
            for (int p = 0; p < newTopic(name, layout).numPartitions(); p++) {
                all.put(new TopicPartition(name, p), OffsetSpec.latest());
            }
        }
        Clients.await(admin.listOffsets(all).all(), settings);
    }

    private Finding created(String name, Layout layout) {
        return new Finding(name, State.CREATED, newTopic(name, layout).numPartitions(), "");
    }

    private NewTopic newTopic(String name, Layout layout) {
        boolean versions = name.equals(topics.modelVersions());
        boolean ordered = hasOrder(name);
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, expectedPolicy(name));
        if (!versions) {
            Optional<Duration> retention = ordered ? Optional.empty() : layout.retention();
            configs.put(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(retention.map(Duration::toMillis).orElse(-1L)));
        }
        if (versions || name.equals(topics.deadLetters())) {
            configs.put(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGE_MESSAGE_BYTES));
        }
        return new NewTopic(
                        name, Optional.of(ordered ? 1 : layout.partitions()), layout.replication())
                .configs(configs);
    }

    /** Control topics: they have one partition, for one order, and are kept for ever. */
    private boolean hasOrder(String name) {
        return name.equals(topics.modelVersions()) || name.equals(topics.alertActions());
    }

    private String expectedPolicy(String name) {
        return name.equals(topics.modelVersions())
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_DELETE;
    }

    /** Checks every topic of the pipeline, inputs first. */
    public List<Finding> check() throws ExecutionException {
        return check(Clients.await(admin.listTopics().names(), settings));
    }

    private List<Finding> check(Set<String> existing) throws ExecutionException {
        List<String> names = topics.all(inputs);
        List<String> present = names.stream().filter(existing::contains).toList();
        Map<String, TopicDescription> descriptions =
                Clients.await(admin.describeTopics(present).allTopicNames(), settings);
        Map<String, Config> configs = configs(present);
        List<Finding> findings = new ArrayList<>();
        for (String name : names) {
            if (!existing.contains(name)) {
                findings.add(new Finding(name, State.MISSING, 0, absence(name)));
                continue;
            }
            int partitions = descriptions.get(name).partitions().size();
            String problem = problem(name, partitions, configs.get(name));
            State state = problem.isEmpty() ? State.OK : State.WRONG;
            findings.add(new Finding(name, state, partitions, problem));
        }
        return findings;
    }

    private Map<String, Config> configs(Collection<String> names) throws ExecutionException {
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<String, Config> configs = new LinkedHashMap<>();
        Clients.await(admin.describeConfigs(resources).all(), settings)
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private String absence(String name) {
        return inputs.others().contains(name)
                ? "expected a topic; it is one of sources, so pidstream does not create it"
                : "expected a topic";
    }

    private String problem(String name, int partitions, Config config) {
        if (inputs.others().contains(name)) {
            return "";
        }
        List<String> problems = new ArrayList<>();
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(expectedPolicy(name))) {
            problems.add(
                    "cleanup.policy is %s; expected %s".formatted(policy, expectedPolicy(name)));
        }
        if (hasOrder(name) && partitions != 1) {
            problems.add("%d partitions; expected 1, for one order".formatted(partitions));
        }
        return String.join("; ", problems);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
