package io.pidstream.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the project without the pages, and the words that occur in them. */
final class Sources {
    private static final List<Path> ROOTS =
            List.of(
                    Path.of("src/main"),
                    Path.of("src/test/java"),
                    Path.of("src/test/resources/golden"),
                    Path.of("src/build"),
                    Path.of("avro-schemas"),
                    Path.of("deploy"),
                    Path.of("docker"),
                    Path.of("pom.xml"));
    private static final Path PAGES = Path.of("src/test/java/io/pidstream/pages");
    private static final Pattern TEXT =
            Pattern.compile(
                    ".*\\.(java|js|css|html|avsc|ya?ml|toml|xml|py|sql|sh|txt|json|Dockerfile)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(-[A-Za-z0-9]+)*");

    private final Set<String> words = new TreeSet<>();
    private final Set<String> fileNames = new TreeSet<>();

    /** By simple name, the places where there are classes of it, such as {@code learn}. */
    private final Map<String, Set<String>> classes = new TreeMap<>();

    private final StringBuilder text = new StringBuilder();

    static Sources read() throws IOException {
        Sources sources = new Sources();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.startsWith(PAGES)) {
                        sources.add(file);
                    }
                }
            }
        }
        return sources;
    }

    private void add(Path file) throws IOException {
        String name = file.getFileName().toString();
        fileNames.add(name);
        if (TEXT.matcher(name).matches() || file.getParent().endsWith("bin")) {
            String content = Files.readString(file);
            text.append(content).append('\n');
            Matcher word = WORD.matcher(content);
            while (word.find()) {
                words.add(word.group());
                words.addAll(List.of(word.group().split("-")));
            }
        }
        if (name.endsWith(".java")) {
            place(name.replace(".java", ""), file.getParent().getFileName().toString());
        } else if (name.endsWith(".avsc") && file.startsWith("avro-schemas")) {
            place(name.replace(".avsc", ""), "avro");
        }
    }

    private void place(String type, String room) {
        classes.computeIfAbsent(type, unused -> new TreeSet<>()).add(room);
    }

    boolean hasWord(String word) {
        return words.contains(word);
    }

    boolean hasText(String part) {
        return text.indexOf(part) >= 0;
    }

    boolean hasFile(String name) {
        return fileNames.contains(name);
    }

    boolean hasClass(String name) {
        return classes.containsKey(name);
    }

    boolean hasClass(String room, String name) {
        return classes.getOrDefault(name, Set.of()).contains(room);
    }

    boolean hasPackage(String room) {
        return classes.values().stream().anyMatch(rooms -> rooms.contains(room));
    }
}
