package io.pidstream.model;

import java.util.Locale;

/** What the network makes of a modality's channels before its first layer. */
public enum EncoderType {
    /** The channels, standardised: the network of PIDReg (Ma &amp; Yu 2025). */
    PIDREG,

    /**
     * Every channel in pieces between its quantiles (piecewise-linear encoding, Gorishniy et al.
     * 2022), so that the first layer sees where in its distribution a value lies.
     */
    PIECEWISE;

    /** As in a configuration or manifest. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws ModelRefusedException if there is no such type
     */
    static EncoderType of(String text) {
        for (EncoderType type : values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw new ModelRefusedException(
                "the architecture is \"" + text + "\"; known are pidreg and piecewise");
    }
}
