package io.pidstream.network;

import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionKinds;
import java.util.Arrays;
import java.util.Locale;

/** What a network makes of a modality's channels before its first layer. */
public enum EncoderType {
    /** The channels, standardised: the network of PIDReg (Ma &amp; Yu 2025). */
    PIDREG {
        @Override
        ChannelMap fit(double[] values, int pieces) {
            return ChannelMap.standard(values);
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
     * Every channel in pieces between its quantiles (piecewise-linear encoding, Gorishniy et al.
     * 2022), so that the first layer sees where in its distribution a value lies.
     */
    PIECEWISE {
        @Override
        ChannelMap fit(double[] values, int pieces) {
            return ChannelMap.pieces(values, pieces);
        }

        /** Pieces are many and shallow: what noise does good to is the head. */
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
     * What a channel becomes.
     *
     * @param values of the channel in the rows that have it
     * @param pieces most pieces of a channel
     */
    abstract ChannelMap fit(double[] values, int pieces);

    /** Share of activations that a hidden layer of an encoder drops in training. */
    abstract float dropout(int layer);

    /** How a network of this type is trained unless a configuration says otherwise. */
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
