package io.pidstream.trees;

import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TuningDefaults;
import io.pidstream.version.VersionContent;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKind;
import io.pidstream.version.VersionTrainer;
import java.util.List;

/** Versions that are gradient-boosted trees. */
public final class TreeKind implements VersionKind {
    static final String ARCHITECTURE = "trees";

    /** Largest number of leaves of a tree. */
    private static final int LEAVES = 31;

    private static final int TREES = 100;
    private static final double RATE = 0.1;

    private static final int EVERY = 500;
    private static final int LONGEST_TRIAL = 2000;
    private static final int RENEW_AFTER = 250;

    /** Of the histogram of a channel. */
    private static final int BINS = 256;

    @Override
    public int magic() {
        return TreeContent.MAGIC;
    }

    @Override
    public List<String> architectures() {
        return List.of(ARCHITECTURE);
    }

    /** What means nothing to trees has the usual value. */
    @Override
    public TrainingSettings defaults(String architecture) {
        return new TrainingSettings(
                TREES, 256, RATE, 0, true, 40, 0.1, 0.1, 0.1, true, 0, false, BINS);
    }

    @Override
    public boolean growsAnew() {
        return true;
    }

    @Override
    public boolean encodesAsPredictions() {
        return true;
    }

    @Override
    public boolean readsPast() {
        return true;
    }

    /**
     * Often, as trees are cheap and know only what they were grown on. What is grown from more rows
     * is rarely worse, and proof takes thousands of labels where trees differ little, so a version
     * has to be ahead only.
     */
    @Override
    public TuningDefaults tuning(String architecture) {
        return new TuningDefaults(EVERY, LONGEST_TRIAL, RENEW_AFTER);
    }

    /** A latent has one number per target; the leaves stand for hidden layers. */
    @Override
    public ModelShape sized(ModelShape configured) {
        int latent = configured.targets().size();
        return new ModelShape(
                configured.type(),
                configured.modalities().stream()
                        .map(m -> new ModalityShape(m.name(), m.channels(), latent))
                        .toList(),
                configured.targets(),
                List.of(LEAVES),
                1);
    }

    @Override
    public boolean takesSizes() {
        return false;
    }

    /**
     * @throws IllegalArgumentException unless {@link #sized} could have made the shape
     */
    static void requireSizes(ModelShape shape) {
        boolean type = shape.type().equals(ARCHITECTURE);
        if (!type || shape.latent() != shape.targets().size() || shape.members() != 1) {
            throw new IllegalArgumentException("the shape of trees is " + shape);
        }
    }

    @Override
    public VersionContent read(byte[] parameters) {
        return TreeContent.fromBytes(parameters);
    }

    @Override
    public String check(String device) {
        return LibraryCheck.run(device);
    }

    @Override
    public VersionEncoder encoder(ModelArtefact version, String device) {
        return new TreeEncoder(version);
    }

    @Override
    public VersionTrainer trainer(TrainingSettings settings, String device) {
        return new TreeTrainer(settings, device);
    }
}
