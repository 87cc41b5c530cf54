package io.pidstream.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pidstream.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a {@link PipelineConfig} from YAML and writes it back with every default filled in. */
public final class ConfigFile {
    private static final YAMLMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    /** Keys whose values nobody is to see. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "password|secret|jaas|token|credential|access-?key|[.]key$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

    /** A user's name and a login module may be seen, what else stands in such an entry may not. */
    private static final Pattern HARMLESS_JAAS =
            Pattern.compile(
                    "[\\w.$]+ +required( +username=(\"[^\"]*\"|[^ ;\"]*)| +password *="
                            + " *(\"\"|))* *;");

    private ConfigFile() {}

    /**
     * @param file a YAML file
     * @param overrides key in dotted form to value in YAML, as given by {@code --set}
     * @throws ConfigurationException naming everything that is wrong
     */
    public static PipelineConfig read(Path file, Map<String, String> overrides) {
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(
                    List.of("--config: %s: expected a YAML file, not a directory".formatted(file)));
        }
        try {
            return parse(Files.readString(file), file.toString(), overrides);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    List.of("--config: %s: expected a YAML file; there is none".formatted(file)));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("--config: %s: cannot be read: %s".formatted(file, e.getMessage())));
        }
    }

    /**
     * @param yaml the text
     * @param origin what to call it in an error
     */
    public static PipelineConfig parse(String yaml, String origin, Map<String, String> overrides) {
        JsonNode tree;
        try {
            tree = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new ConfigurationException(
                    List.of(
                            "%s: line %d, column %d: %s"
                                    .formatted(
                                            origin,
                                            where == null ? 0 : where.getLineNr(),
                                            where == null ? 0 : where.getColumnNr(),
                                            firstLine(e.getOriginalMessage()))));
        }
        List<String> problems = new ArrayList<>();
        if (tree.isObject()) {
            overrides.forEach((key, value) -> override((ObjectNode) tree, key, value, problems));
        }
        PipelineConfig config = ConfigReader.read(ConfigNode.root(tree, problems));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return config;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static void override(ObjectNode tree, String key, String value, List<String> problems) {
        ObjectNode node = tree;
        String rest = key;
        int dot;
        while ((dot = rest.indexOf('.')) > 0 && !isPassThrough(key, rest)) {
            JsonNode child = node.get(rest.substring(0, dot));
            node =
                    child instanceof ObjectNode object
                            ? object
                            : node.putObject(rest.substring(0, dot));
            rest = rest.substring(dot + 1);
        }
        try {
            node.set(rest, YAML.readTree(value));
        } catch (JsonProcessingException e) {
            problems.add("--set %s: %s: expected a value in YAML".formatted(key, value));
        }
    }

    /** Keys below these are Kafka's or Flink's and contain dots themselves. */
    private static boolean isPassThrough(String key, String rest) {
        return key.equals("flink." + rest) || key.equals("kafka.properties." + rest);
    }

    /**
     * The configuration as YAML, every default filled in; placeholders for secrets are left as they
     * are.
     */
    public static String write(PipelineConfig config) {
        try {
            return YAML.writeValueAsString(tree(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration is always YAML", e);
        }
    }

    /** The configuration as a tree of maps, in the order of the documentation. */
    public static Map<String, Object> tree(PipelineConfig c) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", c.name());
        tree.put(
                "modalities",
                c.modalities().all().stream()
                        .map(m -> map("name", m.name(), "channels", m.channels()))
                        .toList());
        tree.put(
                "target",
                map(
                        c.target().names().size() == 1 ? "name" : "names",
                        c.target().names().size() == 1 ? c.target().name() : c.target().names(),
                        "max-delay",
                        c.target().maxDelay().toString(),
                        "idle-after",
                        c.target().idleAfter().toString(),
                        "history",
                        c.target().history()));
        tree.put(
                "alignment",
                map(
                        "period", c.alignment().period().toString(),
                        "aggregate", ConfigNode.textOf(c.alignment().aggregate()),
                        "max-out-of-orderness", c.alignment().maxOutOfOrderness().toString(),
                        "idle-after", c.alignment().idleAfter().toString()));
        PipelineConfig.Learning learning = c.learning();
        tree.put(
                "learning",
                map(
                        "half-lives", learning.halfLives().stream().map(Object::toString).toList(),
                        "explanation-half-life", learning.explanationHalfLife().toString(),
                        "levels", learning.levels().stream().map(ConfigNode::textOf).toList(),
                        "block", learning.block(),
                        "interval", learning.interval()));
        tree.put(
                "pid",
                map(
                        "definition", ConfigNode.textOf(c.pid().definition()),
                        "tolerance", c.pid().tolerance()));
        tree.put("encoder", EncoderSection.tree(c.encoder()));
        tree.put(
                "alerts",
                map(
                        "mean-time-between-false-alarms",
                        c.alerts().meanTimeBetweenFalseAlarms().toString(),
                        "smallest-shift",
                        c.alerts().smallestShift(),
                        "stalled-after",
                        c.alerts().stalledAfter().toString()));
        tree.put(
                "metrics",
                map(
                        "enabled", c.metrics().enabled(),
                        "assets", List.copyOf(c.metrics().assets())));
        tree.put("csv", tree(c.csv()));
        tree.put("kafka", tree(c.kafka()));
        tree.put("flink", withoutSecrets(c.flink()));
        return tree;
    }

    private static Map<String, Object> tree(KafkaSettings kafka) {
        Map<String, Object> tree =
                map(
                        "bootstrap-servers", kafka.bootstrapServers(),
                        "prefix", kafka.prefix(),
                        "delivery", kafka.delivery().text(),
                        "framing", kafka.registry() == null ? "avro" : "confluent");
        if (kafka.registry() != null) {
            Map<String, String> registry = new LinkedHashMap<>();
            registry.put("url", kafka.registry().url());
            String authorization = kafka.registry().authorization();
            if (authorization != null) {
                registry.put(
                        "authorization", authorization.contains("${") ? authorization : "(hidden)");
            }
            tree.put("schema-registry", registry);
        }
        tree.put("properties", withoutSecrets(kafka.properties()));
        return tree;
    }

    private static Map<String, Object> tree(PipelineConfig.Csv csv) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "asset",
                csv.assetConstant() != null
                        ? Map.of("constant", csv.assetConstant())
                        : csv.assetColumn());
        if (csv.hasTime()) {
            tree.put("time", csv.timeColumn());
            tree.put(
                    "time-format",
                    csv.timeUnit() != null
                            ? Map.of("unit", csv.timeUnit().toString())
                            : csv.timeFormat());
        } else {
            tree.put("time", Map.of("row", csv.rowStep().toString()));
        }
        tree.put("channels", csv.channels());
        tree.put("label-delay", csv.labelDelay().toString());
        return tree;
    }

    /** A password that is written into the file itself is not printed; a placeholder for one is. */
    private static Map<String, String> withoutSecrets(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach(
                (key, value) ->
                        shown.put(
                                key,
                                SECRET.matcher(key).find() && !isHarmless(value)
                                        ? "(hidden)"
                                        : value));
        return shown;
    }

    /** Whether nothing but placeholders stands where a secret may. */
    private static boolean isHarmless(String value) {
        String rest = PLACEHOLDER.matcher(value).replaceAll("").strip();
        return rest.isEmpty() || HARMLESS_JAAS.matcher(rest).matches();
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
