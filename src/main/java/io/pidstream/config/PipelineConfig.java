package io.pidstream.config;

import io.pidstream.align.SlotAggregate;
import io.pidstream.event.Modalities;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.metric.MetricSettings;
import io.pidstream.pid.PidDefinition;
import io.pidstream.version.TrainingSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a pipeline, validated and with every default filled in; read by {@link
 * ConfigFile}.
 *
 * @param name names the job, the consumer groups and, by default, the topics
 * @param modalities 2 to 6 modalities, without the history modality
 * @param metrics which metrics there are
 * @param csv how a file is read; only {@code evaluate}, {@code replay} and {@code pid} use it
 * @param flink passed through to Flink's configuration
 */
public record PipelineConfig(
        String name,
        Modalities modalities,
        Target target,
        Alignment alignment,
        Learning learning,
        Pid pid,
        Encoder encoder,
        Alerts alerts,
        MetricSettings metrics,
        Csv csv,
        KafkaSettings kafka,
        Map<String, String> flink)
        implements Serializable {
    /** Name of the modality that {@code target.history} adds. */
    public static final String HISTORY = "history";

    public PipelineConfig {
        flink = new TreeMap<>(flink);
    }

    /** The same, with a directory for large parameters where it names none. */
    public PipelineConfig withArtefactsUnlessSet(String uri) {
        return encoder.artefacts() != null
                ? this
                : new PipelineConfig(
                        name,
                        modalities,
                        target,
                        alignment,
                        learning,
                        pid,
                        encoder.withArtefacts(uri),
                        alerts,
                        metrics,
                        csv,
                        kafka,
                        flink);
    }

    /**
     * @param names one or several targets, which are learned and explained together; their columns
     *     in a file
     * @param maxDelay a label may come this long after its slot
     * @param idleAfter wall clock: labels silent for this long stop holding time back
     * @param history whether a modality of the target's own past is added
     */
    public record Target(List<String> names, Duration maxDelay, Duration idleAfter, boolean history)
            implements Serializable {
        public Target {
            names = List.copyOf(names);
        }

        /** The names, for a person. */
        public String name() {
            return String.join(", ", names);
        }
    }

    /**
     * @param period the slot of a frame
     * @param aggregate which reading stands for a slot
     * @param maxOutOfOrderness how much later than a newer one a reading may come
     * @param idleAfter wall clock: a modality silent for this long stops holding time back
     */
    public record Alignment(
            Duration period,
            SlotAggregate aggregate,
            Duration maxOutOfOrderness,
            Duration idleAfter)
            implements Serializable {}

    /**
     * @param halfLives half-lives of the experts
     * @param explanationHalfLife half-life of the moments that are decomposed
     * @param levels who learns
     * @param block labelled frames per block
     * @param interval nominal coverage of the prediction interval, between 0 and 1
     */
    public record Learning(
            List<Duration> halfLives,
            Duration explanationHalfLife,
            List<Level> levels,
            int block,
            double interval)
            implements Serializable {
        public Learning {
            halfLives = List.copyOf(halfLives);
            levels = List.copyOf(levels);
        }
    }

    /** Who learns: the fleet as one, and every asset by itself. */
    public enum Level {
        FLEET,
        ASSET
    }

    /**
     * @param definition definition of redundancy
     * @param tolerance rise of the residual standard deviation that is put up with where modalities
     *     are left out, as a share
     */
    public record Pid(PidDefinition definition, double tolerance) implements Serializable {}

    /**
     * @param type what the encoders make of the channels
     * @param latent size of a modality's latent
     * @param hidden sizes of an encoder's hidden layers
     * @param members networks side by side, each with its part of the latent
     * @param seed of all that is random in training
     * @param fineTuneEvery labelled frames between two fine-tunings
     * @param device auto, cpu, or gpu:N
     * @param training how it is trained
     * @param fineTuning what versions are fine-tuned on, and when beside every so many frames
     * @param trial how versions are compared in the serve job
     * @param artefacts URI of the directory of parameters that do not fit into a record; null for
     *     none
     */
    public record Encoder(
            String type,
            int latent,
            List<Integer> hidden,
            int members,
            long seed,
            int fineTuneEvery,
            String device,
            TrainingSettings training,
            FineTuning fineTuning,
            Trial trial,
            String artefacts)
            implements Serializable {
        public Encoder {
            hidden = List.copyOf(hidden);
        }

        Encoder withArtefacts(String uri) {
            return new Encoder(
                    type,
                    latent,
                    hidden,
                    members,
                    seed,
                    fineTuneEvery,
                    device,
                    training,
                    fineTuning,
                    trial,
                    uri);
        }
    }

    /**
     * How long a candidate is compared with the active version.
     *
     * @param warmUp instants with labels that do not count: the candidate's moments are learned in
     *     them
     * @param longest instants after which it is rejected if it was not shown to be better
     */
    public record Trial(int warmUp, int longest) implements Serializable {}

    /**
     * @param interval wall clock between two fine-tunings; null for no timer
     * @param recent newest labelled frames that are trained on
     * @param sample labelled frames of the time before that are trained on
     * @param holdOut share of them, the newest, that versions are compared on
     */
    public record FineTuning(Duration interval, int recent, int sample, double holdOut)
            implements Serializable {}

    /**
     * @param meanTimeBetweenFalseAlarms what a user is ready to put up with
     * @param smallestShift share of what is known that must have moved for a shift to be told
     * @param stalledAfter a modality that is silent for this long is stalled
     */
    public record Alerts(
            Duration meanTimeBetweenFalseAlarms, double smallestShift, Duration stalledAfter)
            implements Serializable {}

    /**
     * How a file is read.
     *
     * @param assetColumn column of the asset; null where {@code assetConstant} is given
     * @param assetConstant the asset of every row; null where there is a column
     * @param timeColumn column of the time; null where {@code rowStep} is given
     * @param timeFormat pattern of the time, UTC; null where there is another way to tell it
     * @param timeUnit what one step of an integer time column means; null where there is another
     * @param rowStep of a table without time, what the number of a row is multiplied by to stand in
     *     for it, from 1970; null where there is a column
     * @param channels how a channel's column is called, from {modality} and {channel}
     * @param labelDelay {@code recordedAt} minus {@code time} of a label
     */
    public record Csv(
            String assetColumn,
            String assetConstant,
            String timeColumn,
            String timeFormat,
            Duration timeUnit,
            Duration rowStep,
            String channels,
            Duration labelDelay)
            implements Serializable {
        /** Whether rows have a time; otherwise they are a table in no particular order. */
        public boolean hasTime() {
            return rowStep == null;
        }
    }

    public boolean learnsFleet() {
        return learning.levels().contains(Level.FLEET);
    }

    public boolean learnsAsset() {
        return learning.levels().contains(Level.ASSET);
    }
}
