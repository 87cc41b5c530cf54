package io.pidstream.config;

import io.pidstream.align.SlotAggregate;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.event.RunCondition;
import io.pidstream.kafka.InputTopics;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.MappedTopic;
import io.pidstream.kafka.Topics;
import io.pidstream.mapping.TopicMapping;
import io.pidstream.metric.MetricSettings;
import io.pidstream.notify.NotifySettings;
import io.pidstream.pid.PidDefinition;
import io.pidstream.version.TrainingSettings;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a pipeline, validated and with all defaults filled in; read by {@link
 * ConfigFile}. {@link Keys} has the bounds and defaults.
 *
 * @param name names the job, the consumer groups and, by default, the topics
 * @param modalities 2 to 6 modalities, without the history modality
 * @param notifications who is told of alerts; only {@code notify} uses it
 * @param metrics which metrics are registered
 * @param csv how a file is read; only {@code evaluate}, {@code replay} and {@code pid} use it
 * @param sources topics of others and their mappings; empty if readings come from pidstream's own
 * @param flink passed to Flink's configuration
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
        NotifySettings notifications,
        MetricSettings metrics,
        Csv csv,
        KafkaSettings kafka,
        List<TopicMapping> sources,
        Map<String, String> flink)
        implements Serializable {
    /** Name of the modality that {@code target.history} adds. */
    public static final String HISTORY = "history";

    public PipelineConfig {
        sources = List.copyOf(sources);
        flink = new TreeMap<>(flink);
    }

    /** The topics of others that readings and labels come from; without, they are pidstream's. */
    public List<MappedTopic> mappedTopics() {
        Map<String, List<TopicMapping>> byTopic = new LinkedHashMap<>();
        for (TopicMapping mapping : sources) {
            byTopic.computeIfAbsent(mapping.topic(), topic -> new ArrayList<>()).add(mapping);
        }
        List<MappedTopic> topics = new ArrayList<>();
        byTopic.forEach(
                (topic, mappings) ->
                        topics.add(
                                new MappedTopic(
                                        topic,
                                        mappings,
                                        modalities,
                                        target.names(),
                                        kafka.registry())));
        return topics;
    }

    /** The topics that readings and labels come from. */
    public InputTopics inputTopics() {
        return InputTopics.of(new Topics(kafka.prefix()), modalities, mappedTopics());
    }

    /**
     * The target's own past as a modality: the newest known targets and the number of periods since
     * then; null unless {@code target.history}.
     */
    public Modality past() {
        if (!target.history()) {
            return null;
        }
        List<String> known = new ArrayList<>(target.names());
        known.add("age");
        return new Modality(HISTORY, known);
    }

    /** What versions can encode. */
    public EncodableModalities encodable() {
        return new EncodableModalities(modalities, past());
    }

    /**
     * The modalities that predictions are made from: those of the file, and the target's own past
     * if it is one.
     */
    public List<Modality> predictors() {
        return encodable().all().all();
    }

    /** A copy with another connection to Kafka. */
    public PipelineConfig withKafka(KafkaSettings settings) {
        return new PipelineConfig(
                name,
                modalities,
                target,
                alignment,
                learning,
                pid,
                encoder,
                alerts,
                notifications,
                metrics,
                csv,
                settings,
                sources,
                flink);
    }

    /** A copy with a directory for large parameters, unless one is configured. */
    public PipelineConfig withArtefactsUnlessSet(String uri) {
        return encoder.artefacts() != null
                ? this
                : withEncoder(encoder.with(encoder.fineTuneEvery(), uri));
    }

    /** The same with another number of labelled frames between two fine-tunings. */
    public PipelineConfig withFineTuneEvery(int frames) {
        return withEncoder(encoder.with(frames, encoder.artefacts()));
    }

    private PipelineConfig withEncoder(Encoder other) {
        return new PipelineConfig(
                name,
                modalities,
                target,
                alignment,
                learning,
                pid,
                other,
                alerts,
                notifications,
                metrics,
                csv,
                kafka,
                sources,
                flink);
    }

    /**
     * @param names of one or several targets, which are learned and explained together; also their
     *     columns in a file
     * @param maxDelay a label may arrive this long after its slot
     * @param idleAfter wall clock; after this long without a label, labels no longer hold back
     *     event time
     * @param history whether the target's own past is added as a modality
     * @param historyGiven whether the file says so itself
     * @param aggregate which of several labels of a slot is learned
     * @param min smallest value that a target can have; null if unknown
     * @param max largest value; null if unknown
     */
    public record Target(
            List<String> names,
            Duration maxDelay,
            Duration idleAfter,
            boolean history,
            boolean historyGiven,
            SlotAggregate aggregate,
            Double min,
            Double max)
            implements Serializable {
        public Target {
            names = List.copyOf(names);
        }

        /** The names as text. */
        public String name() {
            return String.join(", ", names);
        }

        /**
         * Whether the target's past is a modality of a data set, too. Its rows need not be a
         * stream, so that is not assumed.
         */
        public boolean historyOfRows() {
            return history && historyGiven;
        }
    }

    /**
     * @param period the slot of a frame
     * @param aggregate how the readings of a modality in a slot are reduced to one
     * @param maxOutOfOrderness a reading may arrive this long after a newer one
     * @param idleAfter wall clock; after this long without data a modality no longer holds back
     *     event time
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
     * @param levels level of learning
     * @param block labelled frames per block
     * @param interval nominal coverage of the prediction interval, between 0 and 1; of the widest
     *     one if there are several
     * @param severalIntervals nominal coverages of several intervals, each between 0 and 1; null
     *     for one
     * @param fleetLabels labels that became known in one slot of which the fleet learns at most
     * @param when when an asset is running; null for always. Nothing is learned outside it
     */
    public record Learning(
            List<Duration> halfLives,
            Duration explanationHalfLife,
            List<Level> levels,
            int block,
            double interval,
            List<Double> severalIntervals,
            int fleetLabels,
            RunCondition when)
            implements Serializable {
        public Learning {
            halfLives = List.copyOf(halfLives);
            levels = List.copyOf(levels);
            severalIntervals = severalIntervals == null ? null : List.copyOf(severalIntervals);
        }

        /** Nominal coverages of all intervals, ascending. */
        public List<Double> intervals() {
            return severalIntervals == null
                    ? List.of(interval)
                    : severalIntervals.stream().sorted().toList();
        }
    }

    /** The level of learning: all assets together, or each by itself. */
    public enum Level {
        FLEET,
        ASSET
    }

    /**
     * @param definition definition of redundancy
     * @param tolerance largest rise of the residual standard deviation, as a share, at which a
     *     modality can be left out
     */
    public record Pid(PidDefinition definition, double tolerance) implements Serializable {}

    /**
     * @param type architecture of the encoders
     * @param latent size of a modality's latent
     * @param hidden sizes of an encoder's hidden layers
     * @param members networks side by side, each with its part of the latent
     * @param seed of everything random in training
     * @param fineTuneEvery least number of labelled frames between two fine-tunings
     * @param device auto, cpu, or gpu:N
     * @param training how the networks are trained
     * @param fineTuning on what versions are fine-tuned, and an additional timer
     * @param trial how versions are compared in the serve job
     * @param artefacts URI of the directory of parameters that do not fit into a record; null if
     *     there is no such directory
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

        private Encoder with(int every, String uri) {
            return new Encoder(
                    type,
                    latent,
                    hidden,
                    members,
                    seed,
                    every,
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
     * @param warmUp labelled instants that do not count: the candidate learns its moments in them
     * @param longest labelled instants after which a candidate is rejected unless it was shown to
     *     be better
     * @param renewAfter labelled instants after which a candidate that is ahead replaces the active
     *     version without proof; 0 for never
     */
    public record Trial(int warmUp, int longest, int renewAfter) implements Serializable {}

    /**
     * @param interval wall clock between two fine-tunings; null for no timer
     * @param recent number of the newest labelled frames, on which versions are trained
     * @param sample number of older labelled frames, drawn at random, that are added to them
     * @param holdOut share of the newest frames that is not trained on; versions are compared on it
     */
    public record FineTuning(Duration interval, int recent, int sample, double holdOut)
            implements Serializable {}

    /**
     * @param meanTimeBetweenFalseAlarms mean event time between alerts when nothing changes
     * @param smallestShift smallest shift that is reported, as a share of the information of all
     *     modalities
     * @param stalledAfter a modality that is silent for this long while others report is stalled
     */
    public record Alerts(
            Duration meanTimeBetweenFalseAlarms, double smallestShift, Duration stalledAfter)
            implements Serializable {}

    /**
     * How a file is read.
     *
     * @param text how it is written
     * @param asset where the asset of a row is from
     * @param times columns of the time, joined by a space; none if {@code rowStep} is given
     * @param timeFormat how times are written, see {@link io.pidstream.time.TimeFormat#of}; null if
     *     {@code timeUnit} or {@code rowStep} is given
     * @param timeUnit what a number in the time column counts since 1970; null otherwise
     * @param zone of times without an offset
     * @param rowStep for a table without time: the time of row n is 1970 plus n times this; null if
     *     there is a column
     * @param channels name of a channel's column, with {modality} and {channel} in it
     * @param metric in a file with one row per value, the column of its name; null if there is a
     *     column per channel
     * @param value the column of the value then; otherwise null
     * @param labelDelay {@code recordedAt} minus {@code time} of a label
     */
    public record Csv(
            CsvText text,
            CsvAsset asset,
            List<String> times,
            String timeFormat,
            Duration timeUnit,
            ZoneId zone,
            Duration rowStep,
            String channels,
            String metric,
            String value,
            Duration labelDelay)
            implements Serializable {
        public Csv {
            times = List.copyOf(times);
        }

        /** Whether rows have a time; otherwise their order has no meaning. */
        public boolean hasTime() {
            return rowStep == null;
        }

        /** Whether there is one row per value, with the name of its metric. */
        public boolean isLong() {
            return metric != null;
        }

        /** The column of a channel, or its metric. */
        public String column(String modality, String channel) {
            return channels.replace("{modality}", modality).replace("{channel}", channel);
        }
    }

    /**
     * How a file is written.
     *
     * @param delimiter between cells
     * @param decimal point or comma of a number
     * @param thousands separator of groups of three digits; null for none
     * @param encoding name of the character set, unless the file begins with a byte order mark
     * @param missing what stands for a missing value, besides an empty cell
     * @param skipLines lines before the header
     * @param header whether there is a header; otherwise columns are called 1, 2, 3 …
     */
    public record CsvText(
            char delimiter,
            char decimal,
            Character thousands,
            String encoding,
            List<String> missing,
            int skipLines,
            boolean header)
            implements Serializable {
        public CsvText {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Where the asset of a row is from.
     *
     * @param column a column; null if there is none
     * @param constant the asset of every row; null if there is a column or a file per asset
     */
    public record CsvAsset(String column, String constant) implements Serializable {
        /** Whether the asset is the name of the file, without its ending. */
        public boolean isFileName() {
            return column == null && constant == null;
        }
    }

    /** Whether all assets are learned together. */
    public boolean learnsFleet() {
        return learning.levels().contains(Level.FLEET);
    }

    /** Whether each asset is learned by itself. */
    public boolean learnsAsset() {
        return learning.levels().contains(Level.ASSET);
    }
}
