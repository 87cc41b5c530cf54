package io.pidstream.forecast;

import io.pidstream.format.Format;
import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes learners into state. The settings are written once, with the format; a learner keeps the
 * settings that it started with.
 */
public abstract class LearnerFormat<L extends Learner<?>> implements Format<L> {
    private static final long serialVersionUID = 1;

    /** Null until {@link #configured}. */
    private final LearnerSettings settings;

    private final boolean withExperts;

    /** Versions of both parts from which on it is written whether the past is encoded. */
    private static final int ENCODED_PAST = 3;

    private LearnerFormat(LearnerSettings settings, boolean withExperts) {
        this.settings = settings;
        this.withExperts = withExperts;
    }

    /**
     * The format of an asset's learners.
     *
     * @param ownExperts whether an asset has its own experts or only mixes the fleet's
     */
    public static Format<AssetLearner> ofAssets(LearnerSettings settings, boolean ownExperts) {
        return new OfAssets(settings, ownExperts);
    }

    /** The format of a fleet's learners. */
    public static Format<FleetLearner> ofFleet(LearnerSettings settings) {
        return new OfFleet(settings, true);
    }

    abstract LearnerFormat<L> with(LearnerSettings written, boolean experts);

    abstract L read(DataInput in, Versions versions, LearnerSettings ofVersion, boolean experts)
            throws IOException;

    @Override
    public final void write(L value, DataOutput out) throws IOException {
        out.writeInt(value.settings().latent());
        out.writeBoolean(value.settings().encodesPast());
        value.writeTo(out);
    }

    @Override
    public final L read(DataInput in, Versions versions) throws IOException {
        int latent = in.readInt();
        boolean past = versions.of(part()) >= ENCODED_PAST && in.readBoolean();
        int encoded = latent == 0 ? 0 : settings.sensors() + (past ? 1 : 0);
        return read(in, versions, settings.forVersion(latent, encoded), withExperts);
    }

    @Override
    public final boolean immutable() {
        return false;
    }

    @Override
    public final void writeConfiguration(DataOutput out) throws IOException {
        settings.writeTo(out);
        out.writeBoolean(withExperts);
    }

    @Override
    public final Format<L> configured(DataInput in, Versions versions) throws IOException {
        return with(LearnerSettings.readFrom(in, versions), in.readBoolean());
    }

    @Override
    public final void requireCompatible(Format<?> old) throws FormatException {
        LearnerFormat<?> written = (LearnerFormat<?>) old;
        settings.requireSame(written.settings, withExperts, written.withExperts);
    }

    private static final class OfAssets extends LearnerFormat<AssetLearner> {
        private static final long serialVersionUID = 1;

        OfAssets(LearnerSettings settings, boolean withExperts) {
            super(settings, withExperts);
        }

        @Override
        public Part part() {
            return AssetLearner.PART;
        }

        @Override
        public Class<AssetLearner> type() {
            return AssetLearner.class;
        }

        @Override
        LearnerFormat<AssetLearner> with(LearnerSettings written, boolean experts) {
            return new OfAssets(written, experts);
        }

        @Override
        AssetLearner read(
                DataInput in, Versions versions, LearnerSettings ofVersion, boolean experts)
                throws IOException {
            return AssetLearner.readFrom(in, versions, ofVersion, experts);
        }
    }

    private static final class OfFleet extends LearnerFormat<FleetLearner> {
        private static final long serialVersionUID = 1;

        OfFleet(LearnerSettings settings, boolean withExperts) {
            super(settings, withExperts);
        }

        @Override
        public Part part() {
            return FleetLearner.PART;
        }

        @Override
        public Class<FleetLearner> type() {
            return FleetLearner.class;
        }

        @Override
        LearnerFormat<FleetLearner> with(LearnerSettings written, boolean experts) {
            return new OfFleet(written, experts);
        }

        @Override
        FleetLearner read(
                DataInput in, Versions versions, LearnerSettings ofVersion, boolean experts)
                throws IOException {
            return FleetLearner.readFrom(in, versions, ofVersion, experts);
        }
    }
}
