package io.pidstream.config;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.SchemaRegistry;
import io.pidstream.metric.MetricSettings;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Turns the tree of a configuration file into a {@link PipelineConfig}; every default is here. */
final class ConfigReader {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
    private static final int MOST_MODALITIES = 6;
    private static final int MOST_TARGETS = 16;
    private static final int MOST_CHANNELS = 256;
    private static final int MOST_METRIC_ASSETS = 100;
    private static final int STALLED_PERIODS = 20;

    private ConfigReader() {}

    static PipelineConfig read(ConfigNode root) {
        root.allow(
                "name",
                "modalities",
                "target",
                "alignment",
                "learning",
                "pid",
                "encoder",
                "alerts",
                "metrics",
                "csv",
                "kafka",
                "flink");
        String name = root.text("name", null);
        if (!name.isEmpty() && !name.matches(NAME)) {
            root.problem("name", name, "letters, digits, '.', '_' and '-', as in a topic's name");
        }
        PipelineConfig.Target target = target(root.child("target"));
        Modalities modalities = modalities(root, target.history());
        PipelineConfig.Alignment alignment = alignment(root.child("alignment"));
        ConfigNode pid = root.child("pid");
        pid.allow("definition", "tolerance");
        ConfigNode alerts = root.child("alerts");
        alerts.allow("mean-time-between-false-alarms", "smallest-shift", "stalled-after");
        return new PipelineConfig(
                name,
                modalities,
                target,
                alignment,
                learning(root.child("learning"), alignment.period()),
                new PipelineConfig.Pid(
                        pid.choice("definition", PidDefinition.MMI),
                        pid.number("tolerance", 0.05, 0, 1)),
                EncoderSection.read(root.child("encoder")),
                new PipelineConfig.Alerts(
                        alerts.duration(
                                "mean-time-between-false-alarms",
                                Duration.ofDays(365),
                                MILLISECOND),
                        alerts.number("smallest-shift", 0.05, 0, 1),
                        alerts.duration(
                                "stalled-after",
                                alignment.period().multipliedBy(STALLED_PERIODS),
                                MILLISECOND)),
                metrics(root.child("metrics")),
                CsvSection.read(root.child("csv")),
                kafka(root.child("kafka"), name),
                root.passThrough("flink"));
    }

    private static Modalities modalities(ConfigNode root, boolean history) {
        List<Modality> modalities = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode node : root.children("modalities")) {
            node.allow("name", "channels");
            String name = node.text("name", null);
            if (!name.isEmpty() && !name.matches("[A-Za-z0-9_-]{1,100}")) {
                node.problem("name", name, "letters, digits, '_' and '-', as in a topic's name");
            }
            if (!names.add(name)) {
                node.problem("name", name, "a name that no other modality has");
            }
            if (history && name.equals(PipelineConfig.HISTORY)) {
                node.problem("name", name, "another name; target.history adds a modality of this");
            }
            List<String> channels = node.texts("channels");
            if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
                node.problem("channels", channels, "1 to " + MOST_CHANNELS + " channels");
            }
            if (new HashSet<>(channels).size() < channels.size()) {
                node.problem("channels", channels, "every channel once");
            }
            modalities.add(new Modality(name, channels));
        }
        int most = history ? MOST_MODALITIES - 1 : MOST_MODALITIES;
        if (modalities.size() < 2 || modalities.size() > most) {
            root.problem(
                    "modalities",
                    modalities.isEmpty() ? "missing" : modalities.size() + " of them",
                    "2 to "
                            + most
                            + " modalities"
                            + (history ? " beside the history; they are required" : ""));
        }
        return new Modalities(modalities);
    }

    private static PipelineConfig.Target target(ConfigNode node) {
        node.allow("name", "names", "max-delay", "idle-after", "history");
        return new PipelineConfig.Target(
                targetNames(node),
                node.duration("max-delay", Duration.ofHours(48), Duration.ZERO),
                node.duration("idle-after", Duration.ofSeconds(1), MILLISECOND),
                node.flag("history", false));
    }

    private static List<String> targetNames(ConfigNode node) {
        if (!node.has("names")) {
            return List.of(node.text("name", null));
        }
        List<String> names = node.texts("names");
        if (node.has("name")) {
            node.problem("name", node.get("name"), "either name or names, not both");
        }
        boolean distinct = new HashSet<>(names).size() == names.size();
        if (names.isEmpty() || names.size() > MOST_TARGETS || !distinct) {
            node.problem("names", names, "1 to " + MOST_TARGETS + " targets, each once");
        }
        return names;
    }

    private static PipelineConfig.Alignment alignment(ConfigNode node) {
        node.allow("period", "aggregate", "max-out-of-orderness", "idle-after");
        return new PipelineConfig.Alignment(
                node.duration("period", null, MILLISECOND),
                node.choice("aggregate", PipelineConfig.Aggregate.LAST),
                node.duration("max-out-of-orderness", Duration.ZERO, Duration.ZERO),
                node.duration("idle-after", Duration.ofMinutes(1), MILLISECOND));
    }

    private static PipelineConfig.Learning learning(ConfigNode node, Duration period) {
        node.allow("half-lives", "explanation-half-life", "levels", "block", "interval");
        List<Duration> halfLives =
                Stream.of(30, 100, 300, 1000, 5000).map(period::multipliedBy).toList();
        List<PipelineConfig.Level> levels = new ArrayList<>();
        if (node.has("levels")) {
            for (String text : node.texts("levels")) {
                Stream.of(PipelineConfig.Level.values())
                        .filter(level -> ConfigNode.textOf(level).equals(text))
                        .findFirst()
                        .ifPresentOrElse(
                                levels::add,
                                () -> node.problem("levels", text, "fleet, asset, or both"));
            }
            if (levels.isEmpty() || new HashSet<>(levels).size() < levels.size()) {
                node.problem("levels", node.get("levels"), "fleet, asset, or both, each once");
            }
        } else {
            levels.addAll(List.of(PipelineConfig.Level.FLEET, PipelineConfig.Level.ASSET));
        }
        return new PipelineConfig.Learning(
                node.durations("half-lives", halfLives, MILLISECOND),
                node.duration("explanation-half-life", period.multipliedBy(1000), MILLISECOND),
                levels,
                node.integer("block", 200, 10, 100_000),
                node.number("interval", 0.9, 0, 1));
    }

    private static MetricSettings metrics(ConfigNode node) {
        node.allow("enabled", "assets");
        List<String> assets = node.has("assets") ? node.texts("assets") : List.of();
        if (assets.size() > MOST_METRIC_ASSETS) {
            node.problem("assets", assets.size() + " assets", "at most " + MOST_METRIC_ASSETS);
        }
        return new MetricSettings(node.flag("enabled", true), Set.copyOf(assets));
    }

    private static KafkaSettings kafka(ConfigNode node, String name) {
        node.allow(
                "bootstrap-servers",
                "prefix",
                "delivery",
                "framing",
                "schema-registry",
                "properties");
        String prefix = node.has("prefix") ? node.text("prefix", name + ".") : name + ".";
        if (!prefix.matches("[A-Za-z0-9._-]{1,150}")) {
            node.problem("prefix", prefix, "letters, digits, '.', '_' and '-'");
        }
        return new KafkaSettings(
                node.text("bootstrap-servers", "localhost:9092"),
                prefix,
                node.choice("delivery", KafkaSettings.Delivery.EXACTLY_ONCE),
                registry(node),
                node.passThrough("properties"));
    }

    private static SchemaRegistry registry(ConfigNode node) {
        boolean confluent = node.choice("framing", Framing.AVRO) == Framing.CONFLUENT;
        ConfigNode registry = node.child("schema-registry");
        registry.allow("url", "authorization");
        if (!confluent) {
            return null;
        }
        String url = registry.has("url") ? registry.text("url", "") : "";
        if (!url.matches("https?://[^/\\s]+[^\\s]*")) {
            registry.problem(
                    "url", url.isEmpty() ? "missing" : url, "http://host:port of the registry");
        }
        return new SchemaRegistry(
                url, registry.has("authorization") ? registry.text("authorization", "") : null);
    }

    private enum Framing {
        AVRO,
        CONFLUENT
    }
}
