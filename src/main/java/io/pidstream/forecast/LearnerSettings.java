package io.pidstream.forecast;

import io.pidstream.format.FormatException;
import io.pidstream.format.Part;
import io.pidstream.format.Versions;
import io.pidstream.format.Wire;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the learners.
 *
 * @param targets names of the targets, at least one
 * @param modalities names of the modalities, 2 to {@value #MOST_MODALITIES}
 * @param channels per modality the names of its channels, at least one
 * @param period duration of a slot
 * @param halfLives half-lives of the experts, one expert per half-life at each level, at least one
 * @param explanationHalfLife half-life of the decomposed moments
 * @param block labelled frames per block, at least 1
 * @param intervals nominal coverages of prediction intervals, each in (0, 1), ascending, at least
 *     one
 * @param definition of redundancy
 * @param history whether the last modality is the target's own past
 * @param latent size of a modality's latent in a trained version; 0 for the identity, whose latents
 *     are the channels. With a trained version, predictions use the channels and each modality's
 *     shares of the network's prediction of each target. The decomposition uses the latents,
 *     because the shares depend on the other modalities too
 * @param encodesPast whether the trained version encodes the target's own past as well
 * @param least smallest value that a target can have; −∞ if unknown. Not a part of the state
 * @param most largest value; ∞ if unknown
 */
public record LearnerSettings(
        List<String> targets,
        List<String> modalities,
        List<List<String>> channels,
        Duration period,
        List<Duration> halfLives,
        Duration explanationHalfLife,
        int block,
        List<Double> intervals,
        PidDefinition definition,
        boolean history,
        int latent,
        boolean encodesPast,
        double least,
        double most)
        implements Serializable {
    static final Part PART = Part.of("learn/settings", 2);

    static final int MOST_MODALITIES = GaussianPid.MOST_MODALITIES;

    private static final double STANDARDISING_PERIODS = 1000;
    private static final long MOST_QUANTILE_SAMPLES = 100_000;

    public LearnerSettings {
        targets = List.copyOf(targets);
        modalities = List.copyOf(modalities);
        channels = channels.stream().map(List::copyOf).toList();
        halfLives = List.copyOf(halfLives);
        require(!targets.isEmpty(), "targets are empty, must be at least one");
        require(
                modalities.size() >= 2 && modalities.size() <= MOST_MODALITIES,
                "modalities are " + modalities + ", must be 2 to " + MOST_MODALITIES);
        require(
                channels.size() == modalities.size() && channels.stream().noneMatch(List::isEmpty),
                "the channels of the modalities " + modalities + " are " + channels);
        require(isPositive(period), "period is " + period);
        require(
                !halfLives.isEmpty() && halfLives.stream().allMatch(LearnerSettings::isPositive),
                "half-lives are " + halfLives);
        require(isPositive(explanationHalfLife), "explanation half-life is " + explanationHalfLife);
        require(block >= 1, "block is " + block + ", must be at least 1");
        intervals = List.copyOf(intervals);
        require(
                !intervals.isEmpty()
                        && intervals.stream().allMatch(level -> level > 0 && level < 1)
                        && intervals.equals(intervals.stream().sorted().distinct().toList()),
                "intervals are " + intervals + ", must be in (0, 1) and ascending");
        require(latent >= 0, "latent is " + latent + ", must be at least 0");
        require(
                !encodesPast || (history && latent > 0),
                "the version encodes the target's own past, which is not a modality");
        require(least < most, "targets are from " + least + " to " + most);
    }

    /** Without bounds of the target. */
    public LearnerSettings(
            List<String> targets,
            List<String> modalities,
            List<List<String>> channels,
            Duration period,
            List<Duration> halfLives,
            Duration explanationHalfLife,
            int block,
            List<Double> intervals,
            PidDefinition definition,
            boolean history,
            int latent) {
        this(
                targets,
                modalities,
                channels,
                period,
                halfLives,
                explanationHalfLife,
                block,
                intervals,
                definition,
                history,
                latent,
                false,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY);
    }

    /** For the identity, without the target's own past. */
    public LearnerSettings(
            List<String> targets,
            List<String> modalities,
            List<List<String>> channels,
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
                period,
                halfLives,
                explanationHalfLife,
                block,
                List.of(interval),
                definition,
                false,
                0);
    }

    /** The values that a target can have. */
    LabelRange bounds() {
        return new LabelRange(least, most);
    }

    /** The highest nominal coverage of prediction intervals. */
    double interval() {
        return intervals.get(intervals.size() - 1);
    }

    /**
     * The settings for a version whose latents are of this size, of the sensors alone; 0 for the
     * identity.
     */
    public LearnerSettings forLatent(int size) {
        return forVersion(size, size == 0 ? 0 : sensors());
    }

    /**
     * The settings for a version.
     *
     * @param size size of a modality's latent; 0 for the identity
     * @param encoded number of modalities that it encodes: the sensors, or the target's own past as
     *     well; 0 for the identity
     */
    public LearnerSettings forVersion(int size, int encoded) {
        boolean past = encoded > sensors();
        return size == latent && past == encodesPast
                ? this
                : new LearnerSettings(
                        targets,
                        modalities,
                        channels,
                        period,
                        halfLives,
                        explanationHalfLife,
                        block,
                        intervals,
                        definition,
                        history,
                        size,
                        past,
                        least,
                        most);
    }

    /** Number of measured modalities, without the target's own past. */
    public int sensors() {
        return modalities.size() - (history ? 1 : 0);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.toMillis() > 0;
    }

    /** Half-life of the means and deviations for standardisation. */
    double standardisingMillis() {
        return STANDARDISING_PERIODS * period.toMillis();
    }

    /** Least number of labels of one asset for the target's distribution. */
    int quantileSamples() {
        long periods = explanationHalfLife.toMillis() / period.toMillis();
        return (int) Math.max(block, Math.min(periods, MOST_QUANTILE_SAMPLES));
    }

    /** Writes the settings without the latent size, which is specific to each version. */
    void writeTo(DataOutput out) throws IOException {
        Wire.writeTexts(out, targets);
        Wire.writeTexts(out, modalities);
        for (List<String> ofModality : channels) {
            Wire.writeTexts(out, ofModality);
        }
        out.writeUTF(period.toString());
        Wire.writeTexts(out, halfLives.stream().map(Duration::toString).toList());
        out.writeUTF(explanationHalfLife.toString());
        out.writeInt(block);
        Wire.write(out, intervals);
        out.writeUTF(definition.text());
        out.writeBoolean(history);
    }

    /** Reads what {@link #writeTo} wrote. */
    static LearnerSettings readFrom(DataInput in, Versions versions) throws IOException {
        List<String> targets = Wire.readTexts(in);
        List<String> modalities = Wire.readTexts(in);
        List<List<String>> channels = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            channels.add(Wire.readTexts(in));
        }
        return new LearnerSettings(
                targets,
                modalities,
                channels,
                Duration.parse(in.readUTF()),
                Wire.readTexts(in).stream().map(Duration::parse).toList(),
                Duration.parse(in.readUTF()),
                in.readInt(),
                versions.of(PART) > 1 ? Wire.readList(in) : List.of(in.readDouble()),
                PidDefinition.of(in.readUTF()),
                in.readBoolean(),
                0);
    }

    /**
     * Fails if state was written under different settings: a learner keeps the settings that it
     * started with.
     *
     * @throws FormatException naming every setting that differs, with both values
     */
    void requireSame(LearnerSettings written, boolean ownExperts, boolean ownExpertsWritten)
            throws FormatException {
        List<String> differences = new ArrayList<>();
        compare("target.names", written.targets, targets, differences);
        compare("modalities", written.modalities, modalities, differences);
        compare("the channels of the modalities", written.channels, channels, differences);
        compare("alignment.period", written.period, period, differences);
        compare("learning.half-lives", written.halfLives, halfLives, differences);
        compare(
                "learning.explanation-half-life",
                written.explanationHalfLife,
                explanationHalfLife,
                differences);
        compare("learning.block", written.block, block, differences);
        compareIntervals(written.intervals, differences);
        compare("pid.definition", written.definition.text(), definition.text(), differences);
        compare("target.history", written.history, history, differences);
        compare("learning.levels has asset", ownExpertsWritten, ownExperts, differences);
        if (!differences.isEmpty()) {
            throw new FormatException(
                    "the state was learned under another configuration: %s. Start without the state, or with the configuration it was learned under"
                            .formatted(String.join("; ", differences)));
        }
    }

    private void compareIntervals(List<Double> written, List<String> differences) {
        if (written.size() == 1 && intervals.size() == 1) {
            compare("learning.interval", written.get(0), interval(), differences);
        } else {
            compare("learning.intervals", written, intervals, differences);
        }
    }

    private static void compare(
            String key, Object written, Object configured, List<String> differences) {
        if (!written.equals(configured)) {
            differences.add("%s: %s, now %s".formatted(key, written, configured));
        }
    }
}
