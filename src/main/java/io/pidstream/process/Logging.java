package io.pidstream.process;

/** What has to be set before the first logger is made. */
public final class Logging {
    private Logging() {}

    public static void configure(boolean verbose) {
        System.setProperty("pidstream.log.level", verbose ? "INFO" : "WARN");
        System.setProperty("pidstream.noise.level", verbose ? "INFO" : "ERROR");
        System.setProperty("pidstream.refusal.level", verbose ? "INFO" : "OFF");
    }
}
