package io.pidstream.version;

/**
 * A training task.
 *
 * @param shape shape of the version
 * @param configurationHash hash of the configuration
 * @param seed seed of all random numbers
 * @param parent number of the version {@code initial}; null without one
 * @param initial the version to start from, whose frozen scales are kept; null for random
 *     parameters
 */
public record TrainingTask(
        ModelShape shape, String configurationHash, long seed, Long parent, ModelArtefact initial) {
    public TrainingTask {
        if (initial != null && !initial.manifest().shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "cannot train %s starting from %s"
                            .formatted(shape, initial.manifest().shape()));
        }
    }
}
