package io.pidstream.forecast;

import io.pidstream.format.State;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the learners need to know.
 *
 * @param targets names of the targets, at least one
 * @param modalities their names, 2 to {@value #MOST_MODALITIES}
 * @param channels per modality the names of its channels, at least one
 * @param sizes per modality the number of its latents, at least 1
 * @param period the slot of a frame
 * @param halfLives one expert each at each level, at least one
 * @param explanationHalfLife of the moments that are decomposed
 * @param block labelled frames per block, at least 1
 * @param interval nominal coverage of prediction intervals, in (0, 1)
 * @param definition of redundancy
 * @param history whether the last modality is the target's own past
 * @param latent size of a modality's latent in a trained version; 0 for the identity, of which the
 *     channels are the latents. With a trained version predictions are made from the channels and
 *     each modality's shares in what the network predicts, one per target; the latents are what is
 *     decomposed, as the shares depend on the other modalities too
 */
public record LearnerSettings(
        List<String> targets,
        List<String> modalities,
        List<List<String>> channels,
        List<Integer> sizes,
        Duration period,
        List<Duration> halfLives,
        Duration explanationHalfLife,
        int block,
        double interval,
        PidDefinition definition,
        boolean history,
        int latent)
        implements Serializable {
    static final int MOST_MODALITIES = GaussianPid.MOST_MODALITIES;

    private static final double STANDARDISING_PERIODS = 1000;
    private static final long MOST_QUANTILE_SAMPLES = 100_000;

    public LearnerSettings {
        targets = List.copyOf(targets);
        modalities = List.copyOf(modalities);
        channels = channels.stream().map(List::copyOf).toList();
        sizes = List.copyOf(sizes);
        halfLives = List.copyOf(halfLives);
        require(!targets.isEmpty(), "there is no target");
        require(
                modalities.size() >= 2 && modalities.size() <= MOST_MODALITIES,
                "modalities are " + modalities + ", must be 2 to " + MOST_MODALITIES);
        require(
                channels.size() == modalities.size() && sizes.size() == modalities.size(),
                modalities.size()
                        + " modalities have "
                        + channels.size()
                        + " lists of channels and "
                        + sizes.size()
                        + " sizes");
        require(sizes.stream().allMatch(size -> size >= 1), "sizes are " + sizes);
        require(isPositive(period), "period is " + period);
        require(
                !halfLives.isEmpty() && halfLives.stream().allMatch(LearnerSettings::isPositive),
                "half-lives are " + halfLives);
        require(isPositive(explanationHalfLife), "explanation half-life is " + explanationHalfLife);
        require(block >= 1, "block is " + block + ", must be at least 1");
        require(interval > 0 && interval < 1, "interval is " + interval + ", must be in (0, 1)");
    }

    /** For the identity, without the target's own past. */
    public LearnerSettings(
            List<String> targets,
            List<String> modalities,
            List<List<String>> channels,
            List<Integer> sizes,
            Duration period,
            List<Duration> halfLives,
            Duration explanationHalfLife,
            int block,
            double interval,
            PidDefinition definition) {
        this(
                targets,
                modalities,
                channels,
                sizes,
                period,
                halfLives,
                explanationHalfLife,
                block,
                interval,
                definition,
                false,
                0);
    }

    /** The settings for a version whose latents are of this size; 0 for the identity. */
    public LearnerSettings forLatent(int size) {
        if (size == latent) {
            return this;
        }
        List<Integer> ofVersion = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            boolean encoded = size > 0 && !isHistory(m);
            ofVersion.add(channels.get(m).size() + (encoded ? targets.size() : 0));
        }
        return new LearnerSettings(
                targets,
                modalities,
                channels,
                ofVersion,
                period,
                halfLives,
                explanationHalfLife,
                block,
                interval,
                definition,
                history,
                size);
    }

    private boolean isHistory(int modality) {
        return history && modality == modalities.size() - 1;
    }

    /** Number of latents of a modality that are decomposed. */
    int explained(int modality) {
        return latent > 0 && !isHistory(modality) ? latent : sizes.get(modality);
    }

    /**
     * What each sort of experts sees: indices of what is predicted from, the channels and the
     * target's own past first.
     */
    List<int[]> panels() {
        int[] all = IntStream.range(0, latents()).toArray();
        if (latent == 0) {
            return List.of(all);
        }
        return List.of(channels(true), all, channels(false));
    }

    /** Indices of channels and past, or of all others, the shares. */
    private int[] channels(boolean wanted) {
        IntStream.Builder indices = IntStream.builder();
        int next = 0;
        for (int m = 0; m < modalities.size(); m++) {
            for (int i = 0; i < sizes.get(m); i++) {
                if (i < channels.get(m).size() == wanted) {
                    indices.add(next);
                }
                next++;
            }
        }
        return indices.build().toArray();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.toMillis() > 0;
    }

    /** Number of latents that follow what is predicted from; 0 for the identity. */
    int trailing() {
        return latent * (modalities.size() - (history ? 1 : 0));
    }

    /** Number of latents of all modalities together. */
    public int latents() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    /** Half-life of means and deviations by which values are standardised. */
    double standardisingMillis() {
        return STANDARDISING_PERIODS * period.toMillis();
    }

    /** Labels of one asset of which the target's distribution is kept, at least. */
    int quantileSamples() {
        long periods = explanationHalfLife.toMillis() / period.toMillis();
        return (int) Math.max(block, Math.min(periods, MOST_QUANTILE_SAMPLES));
    }

    /** Writes what state depends on. */
    void writeShape(DataOutput out) throws IOException {
        out.writeUTF(shape());
    }

    /** Fails, naming both, where the state was written under other settings. */
    void requireShape(String what, DataInput in) throws IOException {
        State.requireSame(what, in.readUTF(), shape());
    }

    private String shape() {
        return "targets "
                + targets
                + ", modalities "
                + modalities
                + " of sizes "
                + sizes
                + ", period "
                + period
                + ", half-lives "
                + halfLives
                + ", explanation half-life "
                + explanationHalfLife;
    }

    /** Writes the settings themselves. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(targets.size());
        for (String target : targets) {
            out.writeUTF(target);
        }
        out.writeByte(modalities.size());
        for (int m = 0; m < modalities.size(); m++) {
            out.writeUTF(modalities.get(m));
            out.writeInt(sizes.get(m));
            out.writeInt(channels.get(m).size());
            for (String channel : channels.get(m)) {
                out.writeUTF(channel);
            }
        }
        out.writeUTF(period.toString());
        out.writeInt(halfLives.size());
        for (Duration halfLife : halfLives) {
            out.writeUTF(halfLife.toString());
        }
        out.writeUTF(explanationHalfLife.toString());
        out.writeInt(block);
        out.writeDouble(interval);
        out.writeUTF(definition.text());
        out.writeBoolean(history);
        out.writeInt(latent);
    }

    /** Reads what {@link #writeTo} wrote. */
    static LearnerSettings readFrom(DataInput in) throws IOException {
        List<String> targets = readTexts(in);
        List<String> modalities = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<List<String>> channels = new ArrayList<>();
        int count = in.readByte();
        for (int m = 0; m < count; m++) {
            modalities.add(in.readUTF());
            sizes.add(in.readInt());
            channels.add(readTexts(in));
        }
        Duration period = Duration.parse(in.readUTF());
        List<Duration> halfLives = readTexts(in).stream().map(Duration::parse).toList();
        return new LearnerSettings(
                targets,
                modalities,
                channels,
                sizes,
                period,
                halfLives,
                Duration.parse(in.readUTF()),
                in.readInt(),
                in.readDouble(),
                PidDefinition.of(in.readUTF()),
                in.readBoolean(),
                in.readInt());
    }

    private static List<String> readTexts(DataInput in) throws IOException {
        int count = in.readInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    /**
     * Fails where state was written under other settings: a learner goes on with the settings that
     * it began with.
     *
     * @throws IllegalStateException naming both
     */
    void requireSame(LearnerSettings written) {
        if (!equals(written)) {
            throw new IllegalStateException(
                    "the state that is restored was learned with %s; the configuration says %s. Start without that state, or with its settings"
                            .formatted(written, this));
        }
    }
}
