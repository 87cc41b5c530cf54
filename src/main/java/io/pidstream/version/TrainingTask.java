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
 * @param mostSteps largest number of steps of a trainer that makes steps, at least 1
 * @param optional a modality that predictions may leave out where they are more accurate without
 *     it; {@link #NONE} if all are to be used
 */
public record TrainingTask(
        ModelShape shape,
        String configurationHash,
        long seed,
        Long parent,
        ModelArtefact initial,
        int mostSteps,
        int optional) {
    /** No modality. */
    public static final int NONE = -1;

    /** As many steps as the training parameters say. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    public TrainingTask(
            ModelShape shape,
            String configurationHash,
            long seed,
            Long parent,
            ModelArtefact initial) {
        this(shape, configurationHash, seed, parent, initial, NO_LIMIT, NONE);
    }

    public TrainingTask {
        if (initial != null && !initial.manifest().shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "cannot train %s starting from %s"
                            .formatted(shape, initial.manifest().shape()));
        }
    }
}
