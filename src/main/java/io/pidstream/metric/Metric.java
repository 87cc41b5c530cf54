package io.pidstream.metric;

import java.util.List;

/**
 * Every metric of both jobs: the one place where names, labels and units are written down. The page
 * on metrics is made from it.
 *
 * <p>Labels have few values each: modalities, targets and reasons are as many as the configuration
 * and the schemas have; a {@code scope} is {@value #FLEET} or one of the configured assets; {@code
 * version} is {@value #ACTIVE} or {@value #SHADOW}, so that it does not grow with every version.
 */
public enum Metric {
    COMPLETE_FRAMES(
            "completeFrames",
            Kind.COUNTER,
            "frames",
            "align modalities",
            "Frames in which every modality is present."),
    PARTIAL_FRAMES(
            "partialFrames",
            Kind.COUNTER,
            "frames",
            "align modalities",
            "Frames in which a modality is absent."),
    ABSENT_READINGS(
            "absentReadings",
            Kind.COUNTER,
            "frames",
            "align modalities",
            "Frames in which this modality is absent.",
            Metric.MODALITY),
    LATE_READINGS(
            "lateReadings",
            Kind.COUNTER,
            "readings",
            "align modalities",
            "Readings that came after their frame had left.",
            Metric.MODALITY),
    SLOT_DELAY(
            "slotDelaySeconds",
            Kind.GAUGE,
            "s",
            "align modalities",
            "From the end of a slot to the moment at which its frame leaves, by the wall clock;"
                    + " mean of about the last 100 frames. While a backlog is read, its age."),
    DEAD_LETTERS(
            "deadLetters",
            Kind.COUNTER,
            "records",
            "admit, encode modalities, join labels",
            "Records that could not be used, by what was wrong with them.",
            Metric.REASON),
    UNDECODABLE_RECORDS(
            "undecodableRecords",
            Kind.COUNTER,
            "records",
            "read model-versions, read training-samples, read alerts",
            "Records of a topic that pidstream writes that could not be decoded, and were"
                    + " skipped."),
    ACTIVE_VERSION(
            "activeVersion",
            Kind.GAUGE,
            "number",
            "encode modalities",
            "Version that the newest frame is encoded with; 0 is the identity."),
    ACTIVE_VERSION_AGE(
            "activeVersionAgeSeconds",
            Kind.GAUGE,
            "s",
            "encode modalities",
            "From the moment from which that version holds to the newest frame, by event time; NaN"
                    + " for the identity."),
    SHADOW_VERSIONS(
            "shadowVersions",
            Kind.GAUGE,
            "versions",
            "encode modalities",
            "Versions that encode the newest frame beside the active one."),
    MICRO_BATCH_FRAMES(
            "microBatchFrames",
            Kind.GAUGE,
            "frames",
            "encode modalities",
            "Frames that are encoded together; mean of about the last 100 batches."),
    MICRO_BATCH_SECONDS(
            "microBatchSeconds",
            Kind.GAUGE,
            "s",
            "encode modalities",
            "What encoding a micro-batch takes; mean of about the last 100."),
    LATE_LABELS(
            "lateLabels",
            Kind.COUNTER,
            "labels",
            "join labels",
            "Labels that came after their turn, and were learned at once."),
    REPEATED_LABELS(
            "repeatedLabels",
            Kind.COUNTER,
            "labels",
            "join labels",
            "Labels that came again, unchanged, and were left out."),
    LABEL_DELAY(
            "labelDelaySeconds",
            Kind.GAUGE,
            "s",
            "join labels",
            "From what a label is about to the moment at which it was recorded; mean of about the"
                    + " last 100."),
    LEARNED_LABELS(
            "learnedLabels", Kind.COUNTER, "labels", "learn asset", "Labels that were learned."),
    FRAMES_WITHOUT_PREDICTION(
            "framesWithoutPrediction",
            Kind.COUNTER,
            "frames",
            "learn asset",
            "Frames that came before anything had been learned."),
    SCORED_PREDICTIONS(
            "scoredPredictions",
            Kind.COUNTER,
            "predictions",
            "learn asset",
            "Predictions whose label has come.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    COVERED_PREDICTIONS(
            "coveredPredictions",
            Kind.COUNTER,
            "predictions",
            "learn asset",
            "Those of them whose interval held the label.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    PREQUENTIAL_MAE(
            "prequentialMae",
            Kind.GAUGE,
            "unit of the target",
            "learn asset",
            "Mean absolute error of predictions made before their labels came; mean of about the"
                    + " last 1,000 labels of the subtask. For the shadow: its score.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    INTERVAL_COVERAGE(
            "intervalCoverage",
            Kind.GAUGE,
            "share",
            "learn asset",
            "Share of those labels that were in their interval.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    INFORMATION(
            "informationBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What all modalities together know about the target; this and all below as of the"
                    + " newest block, NaN while it is undefined.",
            Metric.SCOPE),
    REDUNDANT(
            "redundantBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What each of two modalities knows; NaN where there are more than two.",
            Metric.SCOPE),
    SYNERGISTIC(
            "synergisticBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What is known only when both of two modalities are read; NaN where there are more.",
            Metric.SCOPE),
    EFFECTIVE_SAMPLES(
            "effectiveSamples",
            Kind.GAUGE,
            "labels",
            "learn fleet, learn asset",
            "Labels that the decomposition rests on, older ones weighing less.",
            Metric.SCOPE),
    SINGLE_INFORMATION(
            "singleBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What this modality knows by itself.",
            Metric.SCOPE,
            Metric.MODALITY),
    CONDITIONAL_INFORMATION(
            "conditionalBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What this modality adds to all others.",
            Metric.SCOPE,
            Metric.MODALITY),
    UNIQUE(
            "uniqueBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "What only this modality knows.",
            Metric.SCOPE,
            Metric.MODALITY),
    SHARE(
            "contributionShare",
            Kind.GAUGE,
            "share",
            "learn fleet, learn asset",
            "This modality's Shapley value of the information over the information of all; the"
                    + " shares sum to 1.",
            Metric.SCOPE,
            Metric.MODALITY),
    OPENED_ALERTS(
            "openedAlerts",
            Kind.COUNTER,
            "alerts",
            "detect shifts",
            "Alerts that were opened.",
            Metric.KIND),
    RESOLVED_ALERTS(
            "resolvedAlerts",
            Kind.COUNTER,
            "alerts",
            "detect shifts",
            "Alerts that were resolved.",
            Metric.KIND),
    OPEN_ALERTS("openAlerts", Kind.GAUGE, "alerts", "detect shifts", "Alerts that are open."),
    STRONGEST_EVIDENCE(
            "strongestEvidence",
            Kind.GAUGE,
            "ln",
            "detect shifts",
            "Strongest evidence for a shift of contributions over its threshold, of the blocks"
                    + " looked at last; an alert opens at 0."),
    PROMOTED_VERSIONS(
            "promotedVersions",
            Kind.COUNTER,
            "versions",
            "promote versions",
            "Candidates that became active."),
    REJECTED_VERSIONS(
            "rejectedVersions",
            Kind.COUNTER,
            "versions",
            "promote versions",
            "Candidates that were not proven better."),
    ROLLED_BACK_VERSIONS(
            "rolledBackVersions",
            Kind.COUNTER,
            "versions",
            "promote versions",
            "Active versions that were shown to be worse than the one before."),
    SHADOW_EVIDENCE(
            "shadowEvidence",
            Kind.GAUGE,
            "1",
            "promote versions",
            "Evidence that the candidate is better than the active version; NaN while none is on"
                    + " trial."),
    STARTED_TRAININGS(
            "startedTrainings",
            Kind.COUNTER,
            "trainings",
            "fine-tune encoders",
            "Attempts to train a version."),
    ENDED_TRAININGS(
            "endedTrainings",
            Kind.COUNTER,
            "trainings",
            "fine-tune encoders",
            "Attempts that ended, by how.",
            Metric.REASON),
    TRAINING(
            "training",
            Kind.GAUGE,
            "0 or 1",
            "fine-tune encoders",
            "Whether an attempt is under way."),
    LAST_TRAINING(
            "lastTrainingSeconds",
            Kind.GAUGE,
            "s",
            "fine-tune encoders",
            "How long the newest attempt took; NaN before there was one."),
    BUFFERED_FRAMES(
            "bufferedFrames",
            Kind.GAUGE,
            "frames",
            "fine-tune encoders",
            "Labelled frames that the next attempt would be made with."),
    UNUSABLE_SAMPLES(
            "unusableSamples",
            Kind.COUNTER,
            "samples",
            "fine-tune encoders",
            "Training samples that do not fit the configuration, and were left out.");

    /** Labels. */
    public static final String MODALITY = "modality";

    public static final String SCOPE = "scope";
    public static final String TARGET = "target";
    public static final String VERSION = "version";
    public static final String REASON = "reason";
    public static final String KIND = "kind";

    /** The scope that is always there. */
    public static final String FLEET = "fleet";

    /** The version that predictions are made with. */
    public static final String ACTIVE = "active";

    /** A version that is compared with it. */
    public static final String SHADOW = "shadow";

    /** What may become of a value. */
    public enum Kind {
        /** Only grows; 0 after a restart. */
        COUNTER,
        /** Whatever it is now. */
        GAUGE
    }

    private final String key;
    private final Kind kind;
    private final String unit;
    private final String stage;
    private final String meaning;
    private final List<String> labels;

    Metric(String key, Kind kind, String unit, String stage, String meaning, String... labels) {
        this.key = key;
        this.kind = kind;
        this.unit = unit;
        this.stage = stage;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** As Flink shows it. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    /** Names of the operators that have it. */
    public String stage() {
        return stage;
    }

    /** For a person. */
    public String meaning() {
        return meaning;
    }

    /** In the order in which they stand in its full name. */
    public List<String> labels() {
        return labels;
    }

    /** As Flink's Prometheus reporter exports it. */
    public String prometheus() {
        // Kafka's source gives what decodes its records a group of its own.
        String outer = this == UNDECODABLE_RECORDS ? "deserializer_" : "";
        String groups = labels.isEmpty() ? "" : String.join("_", labels) + "_";
        return "flink_taskmanager_job_task_operator_%s%s_%s%s"
                .formatted(outer, StageMetrics.GROUP, groups, key);
    }
}
