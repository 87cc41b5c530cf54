package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import java.io.DataOutput;
import java.io.IOException;

/** Linear experts on a subset of the features. */
final class LinearGroup implements ExpertGroup {
    /** Number of labels after which experts on shares take part. */
    static final int SILENT_LABELS = 20;

    static final int NONE = -1;

    private final int[] seen;
    private final int awakeFrom;
    private final LinearExperts experts;
    private final int leftOut;
    private final FeatureParts parts;

    /**
     * @param seen indices of the features used, ascending
     * @param features number of all features
     * @param awakeFrom number of labels after which they take part
     * @param leftOut the modality that a second panel of experts does not read; they are solved
     *     from the marginals of the same moments. {@link #NONE} for one panel only
     */
    LinearGroup(int[] seen, int features, int awakeFrom, LinearExperts experts, int leftOut) {
        this.seen = seen;
        this.awakeFrom = awakeFrom;
        this.experts = experts;
        this.leftOut = leftOut;
        parts = new FeatureParts(seen, features);
    }

    @Override
    public void learn(ScaledFrame frame, double target, double scaled) {
        experts.learn(frame.time(), frame.present(), pick(frame.features()), scaled);
    }

    @Override
    public boolean isAwake() {
        return experts.samples() >= awakeFrom;
    }

    @Override
    public ExpertForecasts predict(ScaledFrame frame, Scale target, boolean byChannel) {
        double[] features = pick(frame.features());
        FeatureParts split = byChannel ? parts : FeatureParts.NONE;
        ModalitySet present = frame.present();
        ExpertForecasts first = experts.predict(present, features, target, split);
        return leftOut == NONE
                ? first
                : first.and(experts.predict(present.without(leftOut), features, target, split));
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
