package io.pidstream.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** The parts of the pattern of {@code csv.channels}. */
    private static final Pattern PATTERN = Pattern.compile("\\{(channel|modality)}");

    private ConfigFile() {}

    /**
     * @param file a YAML file
     * @param overrides values in YAML by key, as {@code --set} gives them
     * @throws ConfigurationException naming every problem
     */
    public static PipelineConfig read(Path file, Map<String, String> overrides) {
        return read(file, overrides, note -> {});
    }

    /**
     * @param file a YAML file
     * @param overrides values in YAML by key, as {@code --set} gives them
     * @param notes takes a line for everything that is valid and has no effect
     * @throws ConfigurationException naming every problem
     */
    public static PipelineConfig read(
            Path file, Map<String, String> overrides, Consumer<String> notes) {
        if (Files.isDirectory(file)) {
            throw new ConfigurationException(
                    List.of("--config: %s: expected a YAML file, not a directory".formatted(file)));
        }
        try {
            return parse(Files.readString(file), file.toString(), overrides, notes);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    List.of("--config: %s: expected a YAML file; there is none".formatted(file)));
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(
                    List.of(
                            "--config: %s: expected YAML in UTF-8; it is not text"
                                    .formatted(file)));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of("--config: %s: cannot be read: %s".formatted(file, e.getMessage())));
        }
    }

    /**
     * @param yaml the text
     * @param origin name of the text in errors
     * @param overrides values in YAML by key, as {@code --set} gives them
     * @throws ConfigurationException naming every problem
     */
    public static PipelineConfig parse(String yaml, String origin, Map<String, String> overrides) {
        return parse(yaml, origin, overrides, note -> {});
    }

    private static PipelineConfig parse(
            String yaml, String origin, Map<String, String> overrides, Consumer<String> notes) {
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
                                            sentence(e.getOriginalMessage()))));
        }
        if (!tree.isObject()) {
            throw new ConfigurationException(
                    List.of(
                            "%s: expected keys with values, such as 'name: plant'; it is %s"
                                    .formatted(origin, kind(tree))));
        }
        List<String> problems = new ArrayList<>();
        overrides.forEach((key, value) -> override((ObjectNode) tree, key, value, problems));
        ConfigNode root = ConfigNode.root(tree, problems);
        PipelineConfig config = ConfigReader.read(root);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        ConfigReader.notes(root).forEach(notes);
        return config;
    }

    private static String kind(JsonNode tree) {
        if (tree.isMissingNode() || tree.isNull()) {
            return "empty";
        }
        return tree.isArray() ? "a list" : "text without keys";
    }

    /** The parser's own lines, without the places and the picture of the text between them. */
    private static String sentence(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    private static void override(ObjectNode tree, String key, String value, List<String> problems) {
        if (key.isBlank()) {
            problems.add("--set: =%s: expected a key before the =".formatted(value));
            return;
        }
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
            node.set(rest, isText(value) ? TextNode.valueOf(value) : YAML.readTree(value));
        } catch (JsonProcessingException e) {
            problems.add("--set %s: %s: expected a value in YAML".formatted(key, value));
        }
    }

    /** A comma, a bar or a pattern such as {channel}, which YAML takes for something else. */
    private static boolean isText(String value) {
        return PATTERN.matcher(value).find() || isSign(value);
    }

    private static boolean isSign(String value) {
        return value.length() == 1
                && !Character.isLetterOrDigit(value.charAt(0))
                && !value.equals("~"); // YAML's null.
    }

    /** Keys of Kafka and Flink contain dots themselves. */
    private static boolean isPassThrough(String key, String rest) {
        return key.equals("flink." + rest) || key.equals("kafka.properties." + rest);
    }

    /**
     * The configuration as YAML, every default filled in. Secrets are hidden; placeholders for them
     * are not.
     */
    public static String write(PipelineConfig config) {
        try {
            return YAML.writeValueAsString(tree(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration is always YAML", e);
        }
    }

    /** The configuration as a tree of maps, in the order of the page on configuration. */
    public static Map<String, Object> tree(PipelineConfig config) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Keys.SECTIONS.forEach(section -> section.write(config, tree));
        return tree;
    }
}
