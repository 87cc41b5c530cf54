package io.pidstream.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and controller in this JVM, reachable from this machine only, on free ports. Its
 * directory is deleted on close.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Path directory;
    private final KafkaConfig config;
    private final String bootstrapServers;
    private KafkaRaftServer server;

    private EmbeddedKafka(
            Path directory, KafkaConfig config, KafkaRaftServer server, String bootstrapServers) {
        this.directory = directory;
        this.config = config;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Access of clients.
     *
     * @param protocol of clients: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
     * @param properties properties of the broker, such as its key store
     * @param users SCRAM credentials as {@code kafka-storage} takes them: {@code
     *     SCRAM-SHA-512=[name=a,password=b]}
     */
    public record Access(String protocol, Map<String, String> properties, List<String> users) {
        /** Open to every client on this machine, in plain text. */
        public static final Access OPEN = new Access("PLAINTEXT", Map.of(), List.of());

        public Access {
            properties = Map.copyOf(properties);
            users = List.copyOf(users);
        }

        /**
         * Contains only the names of properties and the number of users, as their values may be
         * secret.
         */
        @Override
        public String toString() {
            return "Access[protocol=%s, properties=%s, users=%d]"
                    .formatted(
                            protocol, properties.keySet().stream().sorted().toList(), users.size());
        }
    }

    /** Starts a broker that is open to this machine; it takes requests when this returns. */
    public static EmbeddedKafka start() throws IOException {
        return start(Access.OPEN);
    }

    /** Starts a broker; it takes requests when this returns. */
    public static EmbeddedKafka start(Access access) throws IOException {
        Path directory = Files.createTempDirectory("pidstream-kafka");
        List<Integer> ports = freePorts();
        String broker = HOST + ":" + ports.get(0);
        String controller = HOST + ":" + ports.get(1);
        try {
            format(directory, access);
            Properties properties = properties(directory, broker, controller, access.protocol());
            properties.putAll(access.properties());
            KafkaConfig config = KafkaConfig.fromProps(properties);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(directory, config, server, broker);
        } catch (Exception e) {
            delete(directory);
            throw new IOException("the broker at %s did not start".formatted(broker), e);
        }
    }

    /** Where clients connect to, as host:port. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker and keeps its data; see {@link #resume}. */
    public void pause() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Restarts the broker with the same address and data. */
    public void resume() {
        server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
    }

    private static void format(Path directory, Access access) throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .setControllerListenerName("CONTROLLER")
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setScramArguments(access.users())
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .run();
    }

    private static Properties properties(
            Path directory, String broker, String controller, String protocol) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@" + controller);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("listeners", "CLIENTS://%s,CONTROLLER://%s".formatted(broker, controller));
        p.put("advertised.listeners", "CLIENTS://" + broker);
        p.put(
                "listener.security.protocol.map",
                "CLIENTS:%s,CONTROLLER:PLAINTEXT".formatted(protocol));
        p.put("inter.broker.listener.name", "CLIENTS");
        p.put("log.dirs", directory.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("transaction.max.timeout.ms", "3600000");
        p.put("group.initial.rebalance.delay.ms", "0");
        oneReplica(p);
        small(p);
        return p;
    }

    private static void oneReplica(Properties p) {
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** Reduces Kafka's default buffers, which are sized for a dedicated machine. */
    private static void small(Properties p) {
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("log.cleaner.dedupe.buffer.size", "4194304");
        p.put("log.index.size.max.bytes", "1048576");
    }

    private static List<Integer> freePorts() throws IOException {
        InetAddress host = InetAddress.getByName(HOST);
        try (ServerSocket first = new ServerSocket(0, 1, host);
                ServerSocket second = new ServerSocket(0, 1, host)) {
            return List.of(first.getLocalPort(), second.getLocalPort());
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be deleted", e);
        }
    }
}
