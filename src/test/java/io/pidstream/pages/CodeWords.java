package io.pidstream.pages;

import io.pidstream.format.FormatCatalog;
import io.pidstream.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Knows which words there are, by what a word looks like. */
final class CodeWords {
    private static final String HOME = "io.pidstream.";
    private static final String PROGRAM = "(?:pidstream|java -jar target/pidstream\\.jar) +";
    private static final Pattern COMMAND = Pattern.compile("(?:^|.*\\| *)" + PROGRAM + "([a-z].*)");
    private static final Pattern KEY =
            Pattern.compile("([a-z]+(?:\\[])?(?:\\.[a-z][a-z0-9_*-]*)+|[a-z]+\\.\\*)(?:[=:].*)?");
    private static final Pattern CLASS =
            Pattern.compile(
                    "(?:([a-z]+)\\.)?([A-Z][a-z0-9]+[A-Za-z0-9]*)(?:\\.([A-Za-z_]+))?(?:\\(.*\\))?");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z]+(?:_[A-Z]+)+");
    private static final Pattern DURATION = Pattern.compile("P[0-9T][0-9A-Z.]*");
    private static final Pattern CAMEL = Pattern.compile("[a-z]+(?:[A-Z][a-z0-9]+)+(?:\\(\\))?");
    private static final Pattern WORDS = Pattern.compile("[a-z]+(?:-[a-z0-9]+)*");
    private static final Pattern FILE =
            Pattern.compile(
                    "[A-Za-z0-9.-]+\\.(?:jsonl?|html|ya?ml|jar|md|avsc|sh|xml|yml|csv|sql|py|toml|conf)");
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z.][A-Za-z0-9_.-]*/[A-Za-z0-9_./<>-]*");
    private static final Pattern PRESENT_PATH =
            Pattern.compile("(?:src|deploy|docker|avro-schemas|\\.ci)/.*");

    /** Names of others: Flink's, Kafka's and Kubernetes' keys, Java's packages. */
    private static final List<String> FOREIGN_PREFIXES =
            List.of(
                    "classloader.",
                    "execution.",
                    "external-resource",
                    "high-availability.",
                    "restart-strategy.",
                    "security.",
                    "state.",
                    "taskmanager.",
                    "web.",
                    "pipeline.generic-types",
                    "isolation.level",
                    "enable.idempotence",
                    "sasl.",
                    "ssl.",
                    "transaction.max.timeout.ms",
                    "transaction.timeout.ms",
                    "transactional.id.expiration.ms",
                    "job.",
                    "kubernetes.operator.",
                    "com.sun.",
                    "jdk.",
                    "org.apache.",
                    "schemas.enable", // Kafka Connect's converter
                    "decimal.format",
                    "array.mul");

    private static final Set<String> FOREIGN_WORDS =
            Set.of(
                    "FlinkBlueGreenDeployment", // Flink's Kubernetes operator
                    "PodMonitor", // Prometheus' operator
                    "Legacy4ByteIdHandler", // Apicurio's client
                    "HttpClient", // the JDK
                    "JsonConverter", // Kafka Connect
                    "NaN",
                    "datasketches-memory", // a library that was tried
                    "commons-numbers-gamma",
                    "avro-confluent", // Flink SQL's format
                    "currentOutputWatermark", // Flink's metric
                    "numRecordsOut", // Flink's metric
                    "thermal.inlet", // columns of an example
                    "acoustic.peak",
                    "efficiency",
                    "nvidia-smi",
                    "ca.crt", // an entry of a Secret
                    "confluent-kafka", // Kafka's clients in Python
                    "kafka-python",
                    "localhost");

    private final ConfigurationKeys keys = ConfigurationKeys.known();
    private final CommandLines commands = CommandLines.known();
    private final Sources sources;
    private final Set<String> metrics =
            Arrays.stream(Metric.values())
                    .map(metric -> metric.prometheus().replaceAll(".*_", ""))
                    .collect(Collectors.toSet());

    CodeWords() throws IOException {
        sources = Sources.read();
    }

    /** What of a word does not exist. */
    List<String> unknownOf(CodeWord word, String keyBefore) {
        String text = word.text();
        Matcher command = COMMAND.matcher(text);
        if (command.matches()) {
            return commands.unknownOf(command.group(1));
        }
        if (word.inBlock()) {
            return List.of();
        }
        if (text.matches("[a-z]+ .*") && commands.isCommand(text.substring(0, text.indexOf(' ')))) {
            return isOperator(text) ? List.of() : commands.unknownOf(text);
        }
        if (text.startsWith("--")) {
            return commands.unknownOptions(text).stream()
                    .filter(option -> !sources.hasText('"' + option + '"'))
                    .toList();
        }
        return exists(text, keyBefore) ? List.of() : List.of(text);
    }

    /** Names of operators are words with blanks, such as learn fleet. */
    private boolean isOperator(String text) {
        return sources.hasText('"' + text + '"');
    }

    private boolean exists(String text, String keyBefore) {
        if (FOREIGN_WORDS.contains(text)
                || DURATION.matcher(text).matches()
                || FOREIGN_PREFIXES.stream().anyMatch(text::startsWith)) {
            return true;
        }
        if (text.startsWith(".") && text.matches("\\.[a-z-]+")) {
            return (keyBefore != null && keys.has(sibling(keyBefore, text)))
                    || text.matches("\\.(csv|savepoint-dir)");
        }
        if (PATH.matcher(text).matches()) {
            return pathExists(text);
        }
        if (FILE.matcher(text).matches()) {
            return sources.hasFile(text) || sources.hasText(text);
        }
        return isPackage(text) || nameExists(text);
    }

    private boolean nameExists(String text) {
        Matcher key = KEY.matcher(text);
        if (key.matches()) {
            return keys.has(key.group(1));
        }
        Matcher type = CLASS.matcher(text);
        if (type.matches()) {
            return classExists(type);
        }
        if (CONSTANT.matcher(text).matches()) {
            return sources.hasWord(text);
        }
        if (CAMEL.matcher(text).matches()) {
            return metrics.contains(text) || sources.hasWord(text.replace("()", ""));
        }
        return !WORDS.matcher(text).matches() || sources.hasWord(text) || sources.hasText(text);
    }

    private boolean classExists(Matcher type) {
        String room = type.group(1);
        String name = type.group(2);
        String member = type.group(3);
        boolean known =
                room == null
                        ? sources.hasClass(name) || isOfJava(name)
                        : sources.hasClass(room, name);
        return known && (member == null || sources.hasWord(member));
    }

    private static boolean isOfJava(String name) {
        for (String room : List.of("java.lang.", "java.io.", "java.util.", "java.net.")) {
            try {
                Class.forName(room + name);
                return true;
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        return false;
    }

    private boolean isPackage(String text) {
        return text.equals(HOME.substring(0, HOME.length() - 1))
                || (text.startsWith(HOME)
                        && (sources.hasPackage(text.substring(HOME.length()))
                                || sources.hasText("<shadedPattern>" + text)));
    }

    private boolean pathExists(String text) {
        if (PRESENT_PATH.matcher(text).matches()) {
            return Files.exists(Path.of(text));
        }
        if (text.startsWith("target/")) {
            String name = Path.of(text).getFileName().toString();
            return sources.hasText(name.replaceFirst("^pidstream|\\.jar$", ""))
                    || name.equals("site");
        }
        String room = text.substring(0, text.indexOf('/'));
        if (sources.hasPackage(room)) {
            return FormatCatalog.all().containsKey(text)
                    || Files.exists(Path.of("src/test/resources/golden/state", text));
        }
        return true;
    }

    private static String sibling(String key, String suffix) {
        return key.substring(0, key.lastIndexOf('.')) + suffix;
    }

    /** The key that a word names, or null. */
    String keyOf(CodeWord word) {
        Matcher key = KEY.matcher(word.text());
        return !word.inBlock() && key.matches() && keys.has(key.group(1)) ? key.group(1) : null;
    }

    ConfigurationKeys keys() {
        return keys;
    }
}
