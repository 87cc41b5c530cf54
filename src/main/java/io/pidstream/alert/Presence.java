package io.pidstream.alert;

import io.pidstream.format.Format;
import io.pidstream.format.Formats;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** When each modality of an asset was last present, and its longest gap so far. */
public final class Presence {
    static final Format<Presence> FORMAT =
            Formats.ofMutable(
                    Part.of("alert/presence", 1),
                    Presence.class,
                    Presence::writeTo,
                    Presence::readFrom);

    /** Per modality: last seen, longest gap, stall opened at, readings since, silent since. */
    private static final int FIGURES = 5;

    private static final long NEVER = Long.MIN_VALUE;

    private final long[] figures;

    /** Effect of a frame. */
    enum Step {
        NOTHING,
        STALLED,
        BACK
    }

    Presence(int modalities) {
        figures = new long[modalities * FIGURES];
        for (int m = 0; m < modalities; m++) {
            figures[m * FIGURES] = NEVER;
            figures[m * FIGURES + 2] = NEVER;
        }
    }

    /**
     * @param time time of the frame, milliseconds
     * @param shortest silence that counts as a stall, milliseconds
     */
    Step next(int modality, long time, boolean here, long least) {
        int at = modality * FIGURES;
        boolean stalled = figures[at + 2] != NEVER;
        if (here) {
            if (!stalled && figures[at] != NEVER) {
                figures[at + 1] = Math.max(figures[at + 1], time - figures[at]);
            }
            figures[at] = Math.max(figures[at], time);
            return stalled && ++figures[at + 3] >= StallFunction.BACK ? Step.BACK : Step.NOTHING;
        }
        figures[at + 3] = 0;
        if (stalled || figures[at] == NEVER) {
            return Step.NOTHING;
        }
        long silent = time - figures[at];
        return silent >= Math.max(least, 2 * figures[at + 1]) ? Step.STALLED : Step.NOTHING;
    }

    /**
     * The silence so far has a reason: it starts over, unless it has been told already.
     *
     * @param time time of the frame, milliseconds
     */
    void pause(int modality, long time) {
        int at = modality * FIGURES;
        figures[at + 3] = 0;
        if (figures[at] != NEVER && figures[at + 2] == NEVER) {
            figures[at] = Math.max(figures[at], time);
        }
    }

    /** Call this after a step, with the time at which it was emitted. */
    void emitted(int modality, Step step, long now) {
        int at = modality * FIGURES;
        if (step == Step.STALLED) {
            figures[at + 2] = now;
            figures[at + 3] = 0;
            figures[at + 4] = figures[at];
        } else {
            figures[at + 2] = NEVER;
        }
    }

    /** When the modality was last present before the stall. */
    long silentSince(int modality) {
        int at = modality * FIGURES;
        return figures[at + 2] == NEVER ? figures[at] : figures[at + 4];
    }

    /** When the stall was emitted. */
    long openedAt(int modality) {
        return figures[modality * FIGURES + 2];
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeByte(figures.length / FIGURES);
        for (long figure : figures) {
            out.writeLong(figure);
        }
    }

    private static Presence readFrom(DataInput in, Versions versions) throws IOException {
        Presence presence = new Presence(in.readByte());
        for (int i = 0; i < presence.figures.length; i++) {
            presence.figures[i] = in.readLong();
        }
        return presence;
    }
}
