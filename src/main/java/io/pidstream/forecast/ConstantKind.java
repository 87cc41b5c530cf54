package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One expert that predicts the mean of the target and reads no modality. With its bias correction
 * of rate 1 it repeats the newest known label, so no mixture is much worse than that.
 */
enum ConstantKind implements ExpertKind {
    OF_MEAN;

    private static final Part PART = Part.of("learn/constant", 1);

    @Override
    public Part part() {
        return PART;
    }

    @Override
    public boolean readsChannelsOnly() {
        return true;
    }

    @Override
    public boolean appliesTo(LearnerSettings settings, Level level) {
        return true;
    }

    @Override
    public int size(LearnerSettings settings, int version) {
        return 1;
    }

    @Override
    public ExpertGroup create(LearnerSettings settings, FeatureLayout layout) {
        return new Constant(layout, false);
    }

    @Override
    public ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        return new Constant(layout, in.readBoolean());
    }

    private static final class Constant implements ExpertGroup {
        private final FeatureLayout layout;
        private boolean labelled;

        Constant(FeatureLayout layout, boolean labelled) {
            this.layout = layout;
            this.labelled = labelled;
        }

        @Override
        public void learn(ScaledFrame frame, double target, double scaled) {
            labelled = true;
        }

        @Override
        public boolean isAwake() {
            return labelled;
        }

        @Override
        public ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
            return new ExpertForecasts(
                    new double[] {target.mean()},
                    new double[layout.modalities()],
                    new float[byChannel ? layout.features() : 0]);
        }

        @Override
        public void writeTo(DataOutput out) throws IOException {
            out.writeBoolean(labelled);
        }
    }
}
