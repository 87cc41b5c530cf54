package io.pidstream.event;

import io.pidstream.avro.Reading;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that it may instantiate the records generated from {@code avro-schemas/}, and no class
 * that was not trusted before.
 *
 * <p>Avro refuses records of an unknown package when they are decoded. Whatever decodes calls
 * {@link #establish} from its static initialiser, which runs wherever the class is used: on a
 * client, on a TaskManager, in a test.
 */
public final class AvroTrust {
    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(),
                        type -> type.getPackageName().equals(Reading.class.getPackageName())));
    }

    private AvroTrust() {}

    /** Makes sure that the trust is set; from the second call on, does nothing. */
    public static void establish() {
        // The static initialiser has run.
    }
}
