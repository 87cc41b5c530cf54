package io.pidstream.config;

import static io.pidstream.config.KeyTypes.passedOn;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.event.Modalities;
import java.util.List;
import java.util.Map;

/** Turns the tree of a configuration file into a {@link PipelineConfig}, section by section. */
final class ConfigReader {
    static final Section<PipelineConfig> TOP = Section.of("", config -> config);

    static final Key<String> NAME =
            TOP.key(
                            "name",
                            text(
                                    "[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                                    "letters, digits, '.', '_' and '-', as in a topic's name"))
                    .of(PipelineConfig::name)
                    .means("Names the jobs, the consumer groups and the transactions.");

    /** Settings of other programs, which come last. */
    static final Section<PipelineConfig> PASSED_ON = Section.of("", config -> config);

    static final Key<Map<String, String>> FLINK =
            PASSED_ON
                    .key("flink", passedOn())
                    .or(Map.of())
                    .of(PipelineConfig::flink)
                    .means("Passed to Flink's configuration.");

    private ConfigReader() {}

    /** What a file without problems says and has no effect, in one line each. */
    static List<String> notes(ConfigNode root) {
        return EncoderSection.notes(root);
    }

    static PipelineConfig read(ConfigNode root) {
        String name = root.get(NAME);
        PipelineConfig.Target target = TargetSection.read(root);
        Modalities modalities = ModalitiesSection.read(root, target.historyOfRows());
        return new PipelineConfig(
                name,
                modalities,
                target,
                AlignmentSection.read(root),
                LearningSection.read(root, modalities),
                PidSection.read(root),
                EncoderSection.read(root),
                AlertsSection.read(root),
                NotifySection.read(root),
                MetricsSection.read(root),
                CsvSection.read(root),
                KafkaSection.read(root),
                SourcesSection.read(root, modalities, target.names()),
                root.get(FLINK));
    }
}
