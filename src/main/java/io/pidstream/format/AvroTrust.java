package io.pidstream.format;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro to trust the classes generated from {@code avro-schemas/}, and no others, and parses
 * their schemas.
 *
 * <p>Avro refuses to decode records of an untrusted package. Every class that decodes calls {@link
 * #establish} in its static initialiser, which runs wherever the class is used: on a client, on a
 * TaskManager, in a test.
 *
 * <p>Avro leaves a thread-local in every thread that parses a schema. The first use of a generated
 * class does so, even deserialising a graph that names it. In a JobManager those threads outlive
 * the job and would leak its class loader: 14 MB of metaspace per submission. So all schemas are
 * parsed here, in a thread that ends.
 */
public final class AvroTrust {
    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(), AvroSchemas::isGenerated));
        CompletableFuture.runAsync(
                        AvroSchemas::parse, task -> new Thread(task, "parse Avro schemas").start())
                .join();
    }

    private AvroTrust() {}

    /** Establishes the trust once; further calls have no effect. */
    public static void establish() {
        // The static initialiser has run.
    }
}
