package io.pidstream.version;

/**
 * What is to be trained.
 *
 * @param shape of the version
 * @param configurationHash of the configuration that it is for
 * @param seed of all that is random
 * @param parent number of the version that {@code initial} is; null without one
 * @param initial where to begin; its frozen scales are kept. Null for the seed's random parameters
 */
public record TrainingTask(
        ModelShape shape, String configurationHash, long seed, Long parent, ModelArtefact initial) {
    public TrainingTask {
        if (initial != null && !initial.manifest().shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "cannot train %s on from %s".formatted(shape, initial.manifest().shape()));
        }
    }
}
