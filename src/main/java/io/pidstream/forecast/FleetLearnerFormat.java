package io.pidstream.forecast;

import io.pidstream.format.BinaryFormat;
import io.pidstream.format.Copies;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a fleet's learner into state. */
public final class FleetLearnerFormat implements BinaryFormat<FleetLearner> {
    private static final long serialVersionUID = 1;

    private final LearnerSettings settings;

    /** For Flink, which calls {@link #configured} next. */
    public FleetLearnerFormat() {
        this(null);
    }

    public FleetLearnerFormat(LearnerSettings settings) {
        this.settings = settings;
    }

    @Override
    public Class<FleetLearner> type() {
        return FleetLearner.class;
    }

    @Override
    public void write(FleetLearner value, DataOutput out) throws IOException {
        out.writeInt(value.latent());
        value.writeTo(out);
    }

    @Override
    public FleetLearner read(DataInput in) throws IOException {
        return FleetLearner.readFrom(in, settings.forLatent(in.readInt()), true);
    }

    @Override
    public FleetLearner copy(FleetLearner value) {
        return Copies.of(this, value);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public void writeConfiguration(DataOutput out) throws IOException {
        settings.writeTo(out);
    }

    @Override
    public BinaryFormat<FleetLearner> configured(DataInput in) throws IOException {
        return new FleetLearnerFormat(LearnerSettings.readFrom(in));
    }

    @Override
    public void requireCompatible(BinaryFormat<?> old) {
        settings.requireSame(((FleetLearnerFormat) old).settings);
    }
}
