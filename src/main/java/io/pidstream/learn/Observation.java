package io.pidstream.learn;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import java.util.Arrays;
import java.util.List;

/**
 * One turn of learning: a frame to predict, a frame with its label to learn from, or both where the
 * label is known at the frame's own turn.
 *
 * @param encoded the frame and its encodings
 * @param known the asset's newest known targets when it was the frame's turn; null if there was
 *     none or the history is not asked for
 * @param isNew whether this is the frame's own turn: it is to be predicted, before anything is
 *     learned
 * @param label the label to learn then; null if it is not known at this turn
 * @param turn place in the order of learning, milliseconds since 1970
 * @param fleet what the fleet predicts, for every encoding one per target; empty where the fleet
 *     has not been asked
 */
public record Observation(
        EncodedFrame encoded,
        KnownTarget known,
        boolean isNew,
        Label label,
        long turn,
        List<FleetForecast> fleet) {
    public Observation {
        if (!isNew && label == null) {
            throw new IllegalArgumentException("nothing to predict, nothing to learn: " + encoded);
        }
        fleet = List.copyOf(fleet);
    }

    public String asset() {
        return encoded.frame().asset();
    }

    /** Start of the frame's slot, milliseconds since 1970. */
    long slot() {
        return encoded.frame().time();
    }

    boolean isLabelled() {
        return label != null;
    }

    Observation withFleet(List<FleetForecast> forecasts) {
        return new Observation(encoded, known, isNew, label, turn, forecasts);
    }

    /** What the fleet predicts from encoding {@code index}; empty where it has not been asked. */
    List<FleetForecast> fleet(int index) {
        int targets = fleet.size() / encoded.encodings().size();
        return fleet.subList(index * targets, (index + 1) * targets);
    }

    /** The presence mask; with {@code history}, one bit more for the target's own past. */
    int present(boolean history, int modalities) {
        int present = encoded.frame().present();
        return history && known != null ? present | 1 << modalities : present;
    }

    /**
     * The latents of an encoding; with {@code history}, further ones: the newest known targets and
     * their age in periods.
     *
     * @param targets number of targets
     */
    double[] latents(Encoding encoding, boolean history, int targets, long period) {
        double[] latents = encoding.latents();
        if (!history) {
            return latents;
        }
        int d = latents.length;
        double[] extended = Arrays.copyOf(latents, d + targets + 1);
        Arrays.fill(extended, d, extended.length, Double.NaN);
        if (known != null) {
            System.arraycopy(known.values(), 0, extended, d, targets);
            extended[d + targets] = (double) (slot() - known.slot()) / period;
        }
        return extended;
    }
}
