package io.pidstream.cli;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * What has to be set before the first library class is used: quiet logs, and what Avro may
 * instantiate.
 */
final class Logging {
    private Logging() {}

    static void configure(boolean verbose) {
        System.setProperty("pidstream.log.level", verbose ? "INFO" : "WARN");
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.DEFAULT_TRUSTED_CLASSES,
                        ClassSecurityValidator.builder().add("io.pidstream.avro").build()));
    }
}
