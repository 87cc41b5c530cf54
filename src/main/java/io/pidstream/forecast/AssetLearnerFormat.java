package io.pidstream.forecast;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Copies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes an asset's learner into state. */
public final class AssetLearnerFormat implements BinaryFormat<AssetLearner> {
    private static final long serialVersionUID = 1;

    private final LearnerSettings settings;
    private final boolean ownExperts;

    /** For Flink, which calls {@link #configured} next. */
    public AssetLearnerFormat() {
        this(null, false);
    }

    public AssetLearnerFormat(LearnerSettings settings, boolean ownExperts) {
        this.settings = settings;
        this.ownExperts = ownExperts;
    }

    @Override
    public Class<AssetLearner> type() {
        return AssetLearner.class;
    }

    @Override
    public void write(AssetLearner value, DataOutput out) throws IOException {
        out.writeInt(value.latent());
        value.writeTo(out);
    }

    @Override
    public AssetLearner read(DataInput in) throws IOException {
        return AssetLearner.readFrom(in, settings.forLatent(in.readInt()), ownExperts);
    }

    @Override
    public AssetLearner copy(AssetLearner value) {
        return Copies.of(this, value);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public void writeConfiguration(DataOutput out) throws IOException {
        settings.writeTo(out);
        out.writeBoolean(ownExperts);
    }

    @Override
    public BinaryFormat<AssetLearner> configured(DataInput in) throws IOException {
        return new AssetLearnerFormat(LearnerSettings.readFrom(in), in.readBoolean());
    }

    @Override
    public void requireCompatible(BinaryFormat<?> old) {
        AssetLearnerFormat written = (AssetLearnerFormat) old;
        settings.requireSame(written.settings);
        if (written.ownExperts != ownExperts) {
            throw new IllegalStateException(
                    "learning.levels of the state that is restored %s asset; the configuration's %s"
                            .formatted(
                                    written.ownExperts ? "has" : "has no",
                                    ownExperts ? "has it" : "does not"));
        }
    }
}
