package io.pidstream.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker with TLS, SCRAM-SHA-512 and access control lists, and three users: {@code admin} may
 * everything, {@value #USER} what the manual's list for a pipeline says, {@value #READER} what it
 * says for a subscriber of predictions.
 */
public final class SecuredKafka implements AutoCloseable {
    public static final String USER = "pipeline";
    public static final String READER = "subscriber";

    /** Planted: appears nowhere but in clients' memory and in the files that hold it. */
    public static final String PASSWORD = "planted-7f3a-never-to-be-seen";

    public static final String WRONG_PASSWORD = "planted-9c1b-wrong-never-to-be-seen";

    private static final String ADMIN_PASSWORD = "planted-2e8d-of-the-broker-itself";
    private static final String STORE_PASSWORD = "planted-5b6e-of-the-key-store";

    private final EmbeddedKafka broker;
    private final Path certificate;

    private SecuredKafka(EmbeddedKafka broker, Path certificate) {
        this.broker = broker;
        this.certificate = certificate;
    }

    /** Starts a broker whose key and certificate are made for it in {@code directory}. */
    public static SecuredKafka start(Path directory) throws Exception {
        Path keys = directory.resolve("broker.p12");
        Path certificate = directory.resolve("broker.pem");
        makeKey(keys, certificate);
        EmbeddedKafka broker =
                EmbeddedKafka.start(
                        new EmbeddedKafka.Access(
                                "SASL_SSL",
                                brokerProperties(keys),
                                List.of(
                                        user("admin", ADMIN_PASSWORD),
                                        user(USER, PASSWORD),
                                        user(READER, PASSWORD))));
        return new SecuredKafka(broker, certificate);
    }

    private static Map<String, String> brokerProperties(Path keys) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", keys.toString());
        properties.put("ssl.keystore.password", STORE_PASSWORD);
        // The broker talks to itself the way its clients do.
        properties.put("ssl.truststore.type", "PKCS12");
        properties.put("ssl.truststore.location", keys.toString());
        properties.put("ssl.truststore.password", STORE_PASSWORD);
        properties.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        properties.put(
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                jaas("admin", ADMIN_PASSWORD));
        properties.put(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The controller's listener is plain, and closed to all but this process.
        properties.put("super.users", "User:admin;User:ANONYMOUS");
        return properties;
    }

    private static String user(String name, String password) {
        return "SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, password);
    }

    private static void makeKey(Path keys, Path certificate) throws Exception {
        keytool(
                ("-genkeypair -alias broker -keyalg EC -groupname secp256r1 -validity 30 -dname"
                                + " CN=%s -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12")
                        .formatted(keys.getParent().getFileName()),
                keys,
                List.of());
        keytool("-exportcert -alias broker -rfc", keys, List.of("-file", certificate.toString()));
    }

    private static void keytool(String options, Path keys, List<String> more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", keys.toString(), "-storepass", STORE_PASSWORD));
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** A login by SCRAM. */
    public static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"%s\" password=\"%s\";".formatted(user, password);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** What clients have to trust: a certificate in PEM. */
    public Path certificate() {
        return certificate;
    }

    /**
     * The section {@code kafka} of a configuration.
     *
     * @param login the login, or a placeholder for it
     */
    public String section(String login) {
        return """
        kafka:
          bootstrap-servers: "%s"
          properties:
            security.protocol: SASL_SSL
            sasl.mechanism: SCRAM-SHA-512
            sasl.jaas.config: '%s'
            ssl.truststore.type: PEM
            ssl.truststore.location: %s
        """
                .formatted(bootstrapServers(), login, certificate);
    }

    /** Lets the users do what the manual says that they need, for the pipeline {@code name}. */
    public void allow(String name) throws Exception {
        List<AclBinding> rules = new ArrayList<>();
        for (AclOperation operation :
                List.of(
                        AclOperation.CREATE,
                        AclOperation.DESCRIBE_CONFIGS,
                        AclOperation.READ,
                        AclOperation.WRITE)) {
            rules.add(rule(USER, ResourceType.TOPIC, PatternType.PREFIXED, name + ".", operation));
        }
        rules.add(rule(USER, ResourceType.GROUP, PatternType.PREFIXED, name, AclOperation.READ));
        rules.add(
                rule(
                        USER,
                        ResourceType.TRANSACTIONAL_ID,
                        PatternType.PREFIXED,
                        name,
                        AclOperation.WRITE));
        rules.add(
                rule(
                        READER,
                        ResourceType.TOPIC,
                        PatternType.LITERAL,
                        name + ".predictions",
                        AclOperation.READ));
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(administrator()))) {
            admin.createAcls(rules).all().get();
        }
    }

    /** Properties of a client that may everything. */
    public Map<String, String> administrator() {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas("admin", ADMIN_PASSWORD),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate.toString());
    }

    private static AclBinding rule(
            String user,
            ResourceType type,
            PatternType pattern,
            String name,
            AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    /** Every planted secret that a text has. */
    public static List<String> secretsIn(String text) {
        return List.of(PASSWORD, WRONG_PASSWORD, ADMIN_PASSWORD, STORE_PASSWORD).stream()
                .filter(text::contains)
                .toList();
    }

    /** A file with a secret in it, for {@code ${file:…}}. */
    public static Path secretFile(Path file, String secret) throws IOException {
        return Files.writeString(file, secret + "\n");
    }

    @Override
    public void close() {
        broker.close();
    }
}
