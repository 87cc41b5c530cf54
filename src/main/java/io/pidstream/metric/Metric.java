package io.pidstream.metric;

import java.util.List;

/**
 * All metrics of both jobs: the single definition of names, labels and units. The page on metrics
 * is generated from it.
 *
 * <p>Label cardinality is bounded: modalities, targets and reasons come from the configuration and
 * the schemas; a {@code scope} is {@value #FLEET} or one of the configured assets; {@code version}
 * is {@value #ACTIVE} or {@value #SHADOW}, so it does not grow with every version.
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
            "Readings that arrived after their frame was emitted.",
            Metric.MODALITY),
    SLOT_DELAY(
            "slotDelaySeconds",
            Kind.GAUGE,
            "s",
            "align modalities",
            "Wall-clock time from the end of a slot to the emission of its frame; mean of about the"
                    + " last 100 frames. While a backlog is read, its age."),
    DEAD_LETTERS(
            "deadLetters",
            Kind.COUNTER,
            "records",
            "admit, encode modalities, join labels, honour actions",
            "Records that could not be used, by reason.",
            Metric.REASON),
    IGNORED_RECORDS(
            "ignoredRecords",
            Kind.COUNTER,
            "records",
            "read <topic>",
            "Records of a topic in `sources`, or values in them, that are neither readings nor"
                    + " labels, by reason: `tombstone`, `excluded` by `only`, `unmapped` metrics.",
            Metric.REASON),
    UNDECODABLE_RECORDS(
            "undecodableRecords",
            Kind.COUNTER,
            "records",
            "read model-versions, read training-samples, read alerts, read alert-actions",
            "Records in a topic written by pidstream that could not be decoded and were skipped."),
    ACTIVE_VERSION(
            "activeVersion",
            Kind.GAUGE,
            "number",
            "encode modalities",
            "Active version of the newest frame; 0 is the identity."),
    ACTIVE_VERSION_AGE(
            "activeVersionAgeSeconds",
            Kind.GAUGE,
            "s",
            "encode modalities",
            "Event time from when that version took effect to the newest frame; NaN for the"
                    + " identity."),
    SHADOW_VERSIONS(
            "shadowVersions",
            Kind.GAUGE,
            "versions",
            "encode modalities",
            "Further versions that encode the newest frame."),
    MICRO_BATCH_FRAMES(
            "microBatchFrames",
            Kind.GAUGE,
            "frames",
            "encode modalities",
            "Frames per micro-batch; mean of about the last 100 batches."),
    MICRO_BATCH_SECONDS(
            "microBatchSeconds",
            Kind.GAUGE,
            "s",
            "encode modalities",
            "Time to encode a micro-batch; mean of about the last 100."),
    LATE_LABELS(
            "lateLabels",
            Kind.COUNTER,
            "labels",
            "join labels",
            "Labels that arrived after their turn and were learned immediately."),
    REPEATED_LABELS(
            "repeatedLabels",
            Kind.COUNTER,
            "labels",
            "join labels",
            "Identical repetitions of labels, which were skipped."),
    FRAMES_NOT_RUNNING(
            "framesNotRunning",
            Kind.COUNTER,
            "frames",
            "join labels",
            "Frames at which the asset was not running, by `learning.when`."),
    LABELS_NOT_RUNNING(
            "labelsNotRunning",
            Kind.COUNTER,
            "labels",
            "join labels",
            "Labels of such frames, which were neither learned nor scored."),
    LABEL_DELAY(
            "labelDelaySeconds",
            Kind.GAUGE,
            "s",
            "join labels",
            "Time from a label's slot to its recording; mean of about the last 100."),
    LEARNED_LABELS(
            "learnedLabels", Kind.COUNTER, "labels", "learn asset", "Labels that were learned."),
    FRAMES_WITHOUT_PREDICTION(
            "framesWithoutPrediction",
            Kind.COUNTER,
            "frames",
            "learn asset",
            "Frames that arrived before anything was learned."),
    SCORED_PREDICTIONS(
            "scoredPredictions",
            Kind.COUNTER,
            "predictions",
            "learn asset",
            "Predictions whose label has arrived.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    COVERED_PREDICTIONS(
            "coveredPredictions",
            Kind.COUNTER,
            "predictions",
            "learn asset",
            "Scored predictions whose interval contains the label.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    PREQUENTIAL_MAE(
            "prequentialMae",
            Kind.GAUGE,
            "unit of the target",
            "learn asset",
            "Mean absolute error of predictions made before their labels arrived; mean of about the"
                    + " last 1,000 labels of the subtask. For the shadow: its score.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    YARDSTICK_MAE(
            "yardstickMae",
            Kind.GAUGE,
            "unit of the target",
            "learn asset",
            "Mean absolute error of the best yardstick (last label, running mean or linear model)"
                    + " on about the last 1,000 labels for which all of them are known.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    SKILL(
            "skill",
            Kind.GAUGE,
            "share",
            "learn asset",
            "Share of that error which predictions of the same labels save; negative if the"
                    + " yardstick is better.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    SKILL_BITS(
            "skillBits",
            Kind.GAUGE,
            "bit",
            "learn asset",
            "Binary logarithm of the ratio of the root mean square errors of that yardstick and of"
                    + " the predictions.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    EXPECTED_ERROR(
            "expectedError",
            Kind.GAUGE,
            "unit of the target",
            "learn asset",
            "Absolute error that is expected of predictions before their labels arrive; mean of"
                    + " about the last 1,000 predictions of the subtask.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    INTERVAL_COVERAGE(
            "intervalCoverage",
            Kind.GAUGE,
            "share",
            "learn asset",
            "Share of the labels of `prequentialMae` within their interval.",
            Metric.SCOPE,
            Metric.TARGET,
            Metric.VERSION),
    INFORMATION(
            "informationBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information of all modalities together about the target; this and all below are of the"
                    + " newest block and NaN while undefined.",
            Metric.SCOPE),
    REDUNDANT(
            "redundantBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information that both of two modalities have; NaN with more than two modalities.",
            Metric.SCOPE),
    SYNERGISTIC(
            "synergisticBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information available only from two modalities in combination; NaN with more than two"
                    + " modalities.",
            Metric.SCOPE),
    EFFECTIVE_SAMPLES(
            "effectiveSamples",
            Kind.GAUGE,
            "labels",
            "learn fleet, learn asset",
            "Effective number of labels in the decomposition, with lower weights for older ones.",
            Metric.SCOPE),
    SINGLE_INFORMATION(
            "singleBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information of this modality on its own.",
            Metric.SCOPE,
            Metric.MODALITY),
    CONDITIONAL_INFORMATION(
            "conditionalBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information that this modality adds to all others.",
            Metric.SCOPE,
            Metric.MODALITY),
    UNIQUE(
            "uniqueBits",
            Kind.GAUGE,
            "bit",
            "learn fleet, learn asset",
            "Information that only this modality has.",
            Metric.SCOPE,
            Metric.MODALITY),
    SHARE(
            "contributionShare",
            Kind.GAUGE,
            "share",
            "learn fleet, learn asset",
            "This modality's Shapley value of the information, divided by the information of all;"
                    + " the shares sum to 1.",
            Metric.SCOPE,
            Metric.MODALITY),
    OPENED_ALERTS(
            "openedAlerts", Kind.COUNTER, "alerts", "detect shifts", "Opened alerts.", Metric.KIND),
    RESOLVED_ALERTS(
            "resolvedAlerts",
            Kind.COUNTER,
            "alerts",
            "detect shifts",
            "Resolved alerts.",
            Metric.KIND),
    FALSE_ALERTS(
            "falseAlerts",
            Kind.COUNTER,
            "alerts",
            "honour actions",
            "Alerts that somebody said were false.",
            Metric.KIND),
    OPEN_ALERTS("openAlerts", Kind.GAUGE, "alerts", "detect shifts", "Alerts that are open."),
    STRONGEST_EVIDENCE(
            "strongestEvidence",
            Kind.GAUGE,
            "ln",
            "detect shifts",
            "Strongest evidence for a contribution shift in the newest blocks, minus the threshold;"
                    + " an alert opens at 0."),
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
            "Active versions that were proven worse than their predecessor."),
    SHADOW_EVIDENCE(
            "shadowEvidence",
            Kind.GAUGE,
            "1",
            "promote versions",
            "Evidence that the candidate is better than the active version; NaN if there is no"
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
            "Attempts that ended, by ending.",
            Metric.REASON),
    TRAINING(
            "training",
            Kind.GAUGE,
            "0 or 1",
            "fine-tune encoders",
            "Whether an attempt is in progress."),
    LAST_TRAINING(
            "lastTrainingSeconds",
            Kind.GAUGE,
            "s",
            "fine-tune encoders",
            "Duration of the newest attempt; NaN before the first."),
    BUFFERED_FRAMES(
            "bufferedFrames",
            Kind.GAUGE,
            "frames",
            "fine-tune encoders",
            "Labelled frames available for the next attempt."),
    UNUSABLE_SAMPLES(
            "unusableSamples",
            Kind.COUNTER,
            "samples",
            "fine-tune encoders",
            "Training samples that do not match the configuration and were skipped.");

    /** Labels. */
    public static final String MODALITY = "modality";

    public static final String SCOPE = "scope";
    public static final String TARGET = "target";
    public static final String VERSION = "version";
    public static final String REASON = "reason";
    public static final String KIND = "kind";

    /** The scope that always exists. */
    public static final String FLEET = "fleet";

    /** The version that predictions are made with. */
    public static final String ACTIVE = "active";

    /** A version on trial against it. */
    public static final String SHADOW = "shadow";

    /** Kinds of metrics. */
    public enum Kind {
        /** Monotonic; 0 after a restart. */
        COUNTER,
        /** The present value. */
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

    /** Its name in Flink. */
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

    /** Description for the documentation. */
    public String meaning() {
        return meaning;
    }

    /** In the order of its full name. */
    public List<String> labels() {
        return labels;
    }

    /** Its name in Flink's Prometheus reporter. */
    public String prometheus() {
        // Kafka's source has a separate group for its deserializer.
        String outer =
                this == UNDECODABLE_RECORDS || this == IGNORED_RECORDS ? "deserializer_" : "";
        String groups = labels.isEmpty() ? "" : String.join("_", labels) + "_";
        return "flink_taskmanager_job_task_operator_%s%s_%s%s"
                .formatted(outer, StageMetrics.GROUP, groups, key);
    }
}
