package io.pidstream.network;

import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionKinds;
import java.util.Arrays;
import java.util.Locale;

/** How a network transforms a modality's channels before its first layer. */
public enum EncoderType {
    /** Standardised channels, as in PIDReg (Ma &amp; Yu 2025). */
    PIDREG {
        @Override
        ChannelMap fit(double[] values, int pieces) {
            return ChannelMap.standard(values);
        }

        @Override
        int most(int pieces) {
            return 1;
        }

        @Override
        float dropout(int layer) {
            return layer == 0 ? 0.3f : 0.2f;
        }

        @Override
        TrainingSettings defaults() {
            return new TrainingSettings(
                    60, 256, 1e-3, 0, false, 20, TERM, TERM, TERM, true, 0, false, 2);
        }
    },

    /**
     * Every channel as pieces between its quantiles (piecewise-linear encoding, Gorishniy et al.
     * 2022), so that the first layer sees the position of a value in its distribution.
     */
    PIECEWISE {
        @Override
        ChannelMap fit(double[] values, int pieces) {
            return ChannelMap.pieces(values, pieces);
        }

        @Override
        int most(int pieces) {
            return pieces;
        }

        /** Pieces are many and shallow, so only the head benefits from noise. */
        @Override
        float dropout(int layer) {
            return 0.1f;
        }

        @Override
        TrainingSettings defaults() {
            return new TrainingSettings(
                    40, 256, 5e-4, 0, true, 40, TERM, TERM, TERM, true, 0, false, 32);
        }
    };

    private static final double TERM = 0.1;

    /**
     * Fits the map of a channel.
     *
     * @param values values of the channel in the rows that have it
     * @param pieces maximum number of pieces per channel
     */
    abstract ChannelMap fit(double[] values, int pieces);

    /** Largest number of features of a channel. */
    abstract int most(int pieces);

    /** Share of activations that a hidden layer of an encoder drops in training. */
    abstract float dropout(int layer);

    /** Default training parameters of this type. */
    abstract TrainingSettings defaults();

    /** As in a configuration or manifest. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws ModelRefusedException if there is no such type
     */
    static EncoderType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow(() -> VersionKinds.unknown(text));
    }
}
