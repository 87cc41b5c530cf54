package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import java.io.DataOutput;
import java.io.IOException;

/** Linear experts on a subset of the features. */
final class LinearGroup implements ExpertGroup {
    /** Number of labels after which experts on shares take part. */
    static final int SILENT_LABELS = 20;

    private final int[] seen;
    private final int awakeFrom;
    private final LinearExperts experts;

    /**
     * @param seen indices of the features used, ascending
     * @param awakeFrom number of labels after which they take part
     */
    LinearGroup(int[] seen, int awakeFrom, LinearExperts experts) {
        this.seen = seen;
        this.awakeFrom = awakeFrom;
        this.experts = experts;
    }

    @Override
    public void learn(long time, ModalitySet present, double[] features, double target) {
        experts.learn(time, present, pick(features), target);
    }

    @Override
    public boolean isAwake() {
        return experts.samples() >= awakeFrom;
    }

    @Override
    public ExpertForecasts predict(
            ModalitySet present, double[] features, double mean, double deviation) {
        return experts.predict(present, pick(features), mean, deviation);
    }

    private double[] pick(double[] features) {
        if (seen.length == features.length) {
            return features;
        }
        double[] picked = new double[seen.length];
        for (int i = 0; i < seen.length; i++) {
            picked[i] = features[seen[i]];
        }
        return picked;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        experts.writeTo(out);
    }
}
