package io.pidstream.format;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may instantiate the records generated from {@code avro-schemas/}, and no class
 * that was not trusted before; and has their schemas parsed.
 *
 * <p>Avro refuses records of an unknown package when they are decoded. Whatever decodes calls
 * {@link #establish} from its static initialiser, which runs wherever the class is used: on a
 * client, on a TaskManager, in a test.
 *
 * <p>Avro keeps a thread-local in every thread that has parsed a schema, as the first use of a
 * generated class does, be it only that the class is named in a serialized graph. In a JobManager
 * those threads outlive the job and would keep its class loader: 14 MB of metaspace per submission.
 * So all of them are parsed here, in a thread that ends.
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

    /** Makes sure that the trust is set; from the second call on, does nothing. */
    public static void establish() {
        // The static initialiser has run.
    }
}
