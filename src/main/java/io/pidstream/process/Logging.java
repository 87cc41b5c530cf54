package io.pidstream.process;

/** Settings that must be made before the first logger is created. */
public final class Logging {
    private Logging() {}

    public static void configure(boolean verbose) {
        System.setProperty("pidstream.log.level", verbose ? "INFO" : "WARN");
        System.setProperty("pidstream.noise.level", verbose ? "INFO" : "ERROR");
        System.setProperty("pidstream.refusal.level", verbose ? "INFO" : "OFF");
    }
}
