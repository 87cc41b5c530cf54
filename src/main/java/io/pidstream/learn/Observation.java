package io.pidstream.learn;

import io.pidstream.avro.Label;
import io.pidstream.event.EncodedFrame;
import io.pidstream.event.Encoding;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.LearnerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The versions that the frame was encoded by. */
    Set<Long> versions() {
        return encoded.encodings().stream().map(Encoding::version).collect(Collectors.toSet());
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
     * What is learned from: of the identity its latents; of a trained version every modality's
     * channels and its shares in what the network predicts, then the target's own past if the
     * settings have it, then the latents of all modalities.
     */
    double[] inputs(Encoding encoding, LearnerSettings settings, long period) {
        int targets = settings.targets().size();
        if (encoding.latent() == 0) {
            return latents(encoding, settings.history(), targets, period);
        }
        int sensors = settings.modalities().size() - (settings.history() ? 1 : 0);
        double[] channels = encoded.frame().values();
        double[] encodings = encoding.latents();
        int past = settings.history() ? targets + 1 : 0;
        double[] inputs = new double[channels.length + encodings.length + past];
        int next = 0;
        int channel = 0;
        int latent = channels.length + sensors * targets + past;
        for (int m = 0; m < sensors; m++) {
            int size = settings.channels().get(m).size();
            System.arraycopy(channels, channel, inputs, next, size);
            channel += size;
            next += size;
            int from = m * (encoding.latent() + targets);
            System.arraycopy(encodings, from, inputs, latent, encoding.latent());
            latent += encoding.latent();
            System.arraycopy(encodings, from + encoding.latent(), inputs, next, targets);
            next += targets;
        }
        if (past > 0) {
            double[] alone = latents(Encoding.identity(new double[0]), true, targets, period);
            System.arraycopy(alone, 0, inputs, next, past);
        }
        return inputs;
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
