package io.pidstream.forecast;

import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One expert that says what the trained version says: the shares of its prediction as they are,
 * about a running mean of what they leave. It has nothing else to learn, so it is good at once.
 * Those of shards would merge by their means, weighted by their labels.
 */
enum SharesKind implements ExpertKind {
    AS_THEY_ARE;

    private static final Part PART = Part.of("learn/shares", 1);

    @Override
    public Part part() {
        return PART;
    }

    @Override
    public boolean readsChannelsOnly() {
        return false;
    }

    @Override
    public boolean appliesTo(LearnerSettings settings, Level level) {
        return settings.latent() > 0;
    }

    @Override
    public int size(LearnerSettings settings, int version) {
        return 1;
    }

    @Override
    public ExpertGroup create(LearnerSettings settings, FeatureLayout layout) {
        return new Group(layout);
    }

    @Override
    public ExpertGroup read(
            DataInput in, Versions versions, LearnerSettings settings, FeatureLayout layout)
            throws IOException {
        Group group = new Group(layout);
        group.mean = in.readDouble();
        group.labels = in.readLong();
        return group;
    }

    private static final class Group implements ExpertGroup {
        /** Weight of a label in the mean. */
        private static final double LEAST_RATE = 0.002;

        private final FeatureLayout layout;
        private final int[] shares;
        private double mean;
        private long labels;

        Group(FeatureLayout layout) {
            this.layout = layout;
            shares = layout.sharesOfTarget();
        }

        @Override
        public void learn(ScaledFrame frame, double target, double scaled) {
            double left = target;
            for (double share : contributions(frame)) {
                left -= share;
            }
            labels++;
            mean += (left - mean) * Math.max(1.0 / labels, LEAST_RATE);
        }

        @Override
        public boolean isAwake() {
            return labels > 0;
        }

        @Override
        public ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
            double[] contributions = contributions(frame);
            float[] parts = new float[byChannel ? layout.features() : 0];
            for (int i = 0; byChannel && i < shares.length; i++) {
                int modality = layout.modalityOf(shares[i]);
                parts[shares[i]] = ExpertForecasts.part(contributions[modality]);
            }
            return new ExpertForecasts(new double[] {mean}, contributions, parts);
        }

        private double[] contributions(ScaledFrame frame) {
            double[] contributions = new double[layout.modalities()];
            for (int i : shares) {
                if (frame.present().contains(layout.modalityOf(i))) {
                    contributions[layout.modalityOf(i)] = frame.inputs()[i];
                }
            }
            return contributions;
        }

        @Override
        public void writeTo(DataOutput out) throws IOException {
            out.writeDouble(mean);
            out.writeLong(labels);
        }
    }
}
