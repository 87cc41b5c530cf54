package io.pidstream.blend;

import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TuningDefaults;
import io.pidstream.version.VersionContent;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKind;
import io.pidstream.version.VersionTrainer;
import java.util.List;

/**
 * Versions that are a network and boosted trees together. Both parts read the same modalities;
 * their predictions are mixed, and their latents are joined.
 */
public final class BlendKind implements VersionKind {
    static final String ARCHITECTURE = "both";

    /** A network takes seconds to train: as seldom as networks, as much trusted as trees. */
    private static final TuningDefaults TUNING = new TuningDefaults(2000, 2000, 250);

    @Override
    public int magic() {
        return BlendContent.MAGIC;
    }

    @Override
    public List<String> architectures() {
        return List.of(ARCHITECTURE);
    }

    /** Latents of the configured size, and one number per target behind them. */
    @Override
    public ModelShape sized(ModelShape configured) {
        return BlendShape.configured(configured).whole();
    }

    @Override
    public boolean growsAnew() {
        return true;
    }

    @Override
    public boolean readsPast() {
        return true;
    }

    /** Those of the network; the trees have their own, which cannot be changed. */
    @Override
    public TrainingSettings defaults(String architecture) {
        return Part.NETWORK.kind().defaults(Part.NETWORK.architecture());
    }

    @Override
    public TuningDefaults tuning(String architecture) {
        return TUNING;
    }

    @Override
    public VersionContent read(byte[] parameters) {
        return BlendContent.fromBytes(parameters);
    }

    @Override
    public String check(String device) {
        return Part.NETWORK.kind().check(device)
                + ", and "
                + Part.TREES.kind().check(BlendTrainer.DEVICE_OF_TREES);
    }

    @Override
    public VersionEncoder encoder(ModelArtefact version, String device) {
        return new BlendEncoder(version, device);
    }

    @Override
    public VersionTrainer trainer(TrainingSettings settings, String device) {
        return new BlendTrainer(settings, device);
    }
}
