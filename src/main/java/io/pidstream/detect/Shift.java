package io.pidstream.detect;

import io.pidstream.pid.ModalitySet;

/**
 * What has shifted.
 *
 * @param modality index of the modality whose contribution has shifted, from 0
 * @param up whether it contributes more than before
 * @param cause what explains most of it
 */
public record Shift(int modality, boolean up, Cause cause) {

    /** What explains most of a shift of a modality's share. */
    public enum Cause {
        OWN_INFORMATION_FELL,
        OWN_INFORMATION_ROSE,
        OTHERS_INFORMATION_FELL,
        OTHERS_INFORMATION_ROSE,
        REDUNDANCY_TO_SYNERGY,
        SYNERGY_TO_REDUNDANCY
    }

    /** A share that changed by fewer standard errors does not determine a direction. */
    private static final double CLEAR = 3;

    private static final double EVEN_BITS = 0.05;

    /**
     * Names the modality whose own information has changed most, in standard errors, in the
     * direction of its share. If the share has changed, its direction is the direction of the
     * shift.
     *
     * @param before columns of {@link Contributions}
     * @param after the same since the change
     */
    static Shift of(Contributions columns, Sample before, Sample after) {
        int named = -1;
        double most = -1;
        for (int m = 0; m < columns.modalities(); m++) {
            double own = z(before, after, columns.information(ModalitySet.of(m)));
            double share = z(before, after, columns.share(m));
            boolean contrary = Math.abs(share) > CLEAR && own * share < 0;
            // A modality that moves against its own share is moved by the others, so it is not
            // named.
            double score = contrary ? 0.01 * Math.abs(share) : Math.abs(own);
            if (score > most) {
                most = score;
                named = m;
            }
        }
        double share = z(before, after, columns.share(named));
        double own = z(before, after, columns.information(ModalitySet.of(named)));
        boolean up = Math.abs(share) > CLEAR ? share > 0 : own > 0;
        return new Shift(named, up, cause(columns, before, after, named, up));
    }

    /** Difference of the means in units of its standard error. */
    public static double z(Sample before, Sample after, int column) {
        double m = before.count(column);
        double k = after.count(column);
        double squares = before.squares(column) + after.squares(column);
        double deviation = Math.sqrt(squares / Math.max(1, m + k - 2));
        double difference = after.mean(column) - before.mean(column);
        double error = deviation * Math.sqrt(1 / m + 1 / k);
        if (difference == 0) {
            return 0;
        }
        return error > 0 ? difference / error : Math.copySign(1e6, difference);
    }

    /**
     * The cause of a change of the share (I_i + W/2) / I_all of modality i against all others,
     * where W = I_all − I_i − I_−i is the interaction (synergy − redundancy): the one of I_i, I_−i
     * and W with the largest Shapley value in the direction of the change.
     */
    private static Cause cause(
            Contributions columns, Sample before, Sample after, int m, boolean up) {
        ModalitySet rest = columns.all().without(m);
        double[] from = parts(columns, before, m, rest);
        double[] to = parts(columns, after, m, rest);
        int dominant = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int part = 0; part < 3; part++) {
            double effect = effect(from, to, part);
            double inDirection = up ? effect : -effect;
            if (inDirection > most) {
                most = inDirection;
                dominant = part;
            }
        }
        boolean rose = to[dominant] > from[dominant];
        return switch (dominant) {
            case 0 -> rose ? Cause.OWN_INFORMATION_ROSE : Cause.OWN_INFORMATION_FELL;
            case 1 -> rose ? Cause.OTHERS_INFORMATION_ROSE : Cause.OTHERS_INFORMATION_FELL;
            default -> rose ? Cause.REDUNDANCY_TO_SYNERGY : Cause.SYNERGY_TO_REDUNDANCY;
        };
    }

    private static double[] parts(Contributions columns, Sample sample, int m, ModalitySet rest) {
        double own = sample.mean(columns.information(ModalitySet.of(m)));
        double others = sample.mean(columns.information(rest));
        double all = sample.mean(columns.information(columns.all()));
        return new double[] {own, others, all - own - others};
    }

    /** Shapley value of one part: its mean effect on the share over the orders of change. */
    private static double effect(double[] from, double[] to, int part) {
        int one = part == 0 ? 1 : 0;
        int two = part == 2 ? 1 : 2;
        double[] afterOne = changed(from, to, one);
        return 1.0 / 3 * effectAt(from, to, part)
                + 1.0 / 6 * effectAt(afterOne, to, part)
                + 1.0 / 6 * effectAt(changed(from, to, two), to, part)
                + 1.0 / 3 * effectAt(changed(afterOne, to, two), to, part);
    }

    private static double effectAt(double[] parts, double[] to, int part) {
        return share(changed(parts, to, part)) - share(parts);
    }

    private static double[] changed(double[] parts, double[] to, int part) {
        double[] changed = parts.clone();
        changed[part] = to[part];
        return changed;
    }

    private static double share(double[] parts) {
        double own = parts[0];
        double others = parts[1];
        double interaction = parts[2];
        return (own + interaction / 2 + EVEN_BITS / 2)
                / (Math.max(0, own + others + interaction) + EVEN_BITS);
    }
}
