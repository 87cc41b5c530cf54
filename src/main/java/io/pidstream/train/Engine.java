package io.pidstream.train;

import io.pidstream.version.VersionKinds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at startup, before the first training, whether and on which device networks can be
 * trained.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private Engine() {}

    /**
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if there is no engine; the message says what to do
     */
    static Attempt checked(String device, FineTuneSettings settings) {
        try {
            LOG.info(
                    "encoders are trained with {}",
                    VersionKinds.of(settings.network().type()).check(device));
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "there is no engine for training: %s. Put the jars of DJL, for networks, or of XGBoost4J, for trees, into Flink's lib/"
                            .formatted(e),
                    e);
        }
        return new FineTuning(settings, device);
    }
}
