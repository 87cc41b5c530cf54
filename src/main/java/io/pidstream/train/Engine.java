package io.pidstream.train;

import io.pidstream.version.VersionKinds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out at the start, not at the first training, whether and where networks can be trained. */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private Engine() {}

    /**
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if there is no engine, with what to do
     */
    static Attempt checked(String device, FineTuneSettings settings) {
        try {
            LOG.info(
                    "encoders are trained by {}",
                    VersionKinds.of(settings.network().type()).check(device));
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "there is no engine to train with: %s. DJL's jars belong in Flink's lib/"
                            .formatted(e),
                    e);
        }
        return new FineTuning(settings, device);
    }
}
