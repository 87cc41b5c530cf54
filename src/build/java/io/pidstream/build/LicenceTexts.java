package io.pidstream.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the licences and notices of what a jar bundles, each under the name of its artefact, in
 * a small jar that is packed into the large one. Texts come from the bundled jars; what they lack
 * is in a directory of the sources. The build fails where there is no text at all.
 */
public final class LicenceTexts {
    private static final String DIRECTORY = "META-INF/licenses/";
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** A line of {@code dependency:list} with absolute file names. */
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    " +(?<group>[^:]+):(?<name>[^:]+):jar:(?:[^:]+:)?(?<version>[^:]+)"
                            + ":(?:compile|runtime):(?<file>.+?)(?: -- module .*)?");

    private static final Pattern LICENCE =
            Pattern.compile(
                    "(.*[-.])?(licen[cs]e|copying|al2\\.0|lgpl2\\.1|3rdpartylicenses)([-.].*)?");
    private static final Pattern NOTICE =
            Pattern.compile("(.*[-.])?(notice|copyright|dependencies)(\\.txt|\\.md|\\..*)?");

    private final Map<String, byte[]> files = new TreeMap<>();
    private final StringBuilder index = new StringBuilder();
    private final StringBuilder notice;
    private final Map<String, List<String>> added;
    private final Path texts;
    private final Path licence;

    private LicenceTexts(Path texts, Path licence, Path notice) throws IOException {
        this.texts = texts;
        this.licence = licence;
        this.notice = new StringBuilder(Files.readString(notice));
        this.added = added(texts.resolve("index.txt"));
        index.append("# What this jar bundles, and the licences and notices of each.\n");
        files.put("META-INF/LICENSE", Files.readAllBytes(licence));
    }

    /**
     * @param args the list of dependencies; which of them are bundled, as {@code group:name} with
     *     asterisks, separated by commas; the directory of texts; licence and notice of the
     *     project; the jar to write
     */
    public static void main(String[] args) throws IOException {
        List<Pattern> bundled =
                Arrays.stream(args[1].split(",", -1)).map(LicenceTexts::pattern).toList();
        LicenceTexts licences =
                new LicenceTexts(Path.of(args[2]), Path.of(args[3]), Path.of(args[4]));
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.matches()
                    && bundled.stream().anyMatch(p -> p.matcher(artefact(dependency)).matches())) {
                licences.add(
                        artefact(dependency),
                        dependency.group("version"),
                        Path.of(dependency.group("file")));
            }
        }
        licences.write(Path.of(args[5]));
    }

    private static String artefact(Matcher dependency) {
        return dependency.group("group") + ":" + dependency.group("name");
    }

    private static Pattern pattern(String wildcards) {
        return Pattern.compile(
                Arrays.stream(wildcards.strip().split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElseThrow());
    }

    /** The texts that jars lack: artefact to names of files. */
    private static Map<String, List<String>> added(Path index) throws IOException {
        Map<String, List<String>> added = new LinkedHashMap<>();
        for (String line : Files.readAllLines(index)) {
            String[] words = line.strip().split(" +", -1);
            if (words[0].matches("[^#:]+:[^:]+")) {
                added.put(words[0], List.of(words).subList(1, words.length));
            }
        }
        return added;
    }

    private void add(String artefact, String version, Path jar) throws IOException {
        String directory = DIRECTORY + artefact.replace(':', '.') + "/";
        List<String> names = new ArrayList<>();
        boolean licensed = false;
        for (Map.Entry<String, byte[]> text : found(jar).entrySet()) {
            names.add(put(directory + text.getKey(), text.getValue()));
            licensed |= LICENCE.matcher(lowerCase(text.getKey())).matches();
            if (text.getKey().matches("NOTICE(\\..*)?")) {
                addNotice(artefact + ":" + version, text.getValue());
            }
        }
        for (String name : added.getOrDefault(artefact, List.of())) {
            Path text = name.equals("LICENSE") ? licence : texts.resolve(name);
            names.add(put(directory + name, Files.readAllBytes(text)));
            licensed = true;
        }
        if (!licensed) {
            throw new IllegalStateException(
                    "%s:%s has no licence text in its jar: add one to %s"
                            .formatted(artefact, version, texts.resolve("index.txt")));
        }
        index.append("%s:%s %s\n".formatted(artefact, version, String.join(" ", names)));
    }

    private String put(String name, byte[] text) {
        if (files.putIfAbsent(name, text) != null) {
            throw new IllegalStateException("two texts would be called " + name);
        }
        return name;
    }

    /** Licences and notices in a jar, by the last part of their names. */
    private static Map<String, byte[]> found(Path file) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (isText(name)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        byte[] text = in.readAllBytes();
                        byte[] before = found.putIfAbsent(name, text);
                        if (before != null && !Arrays.equals(before, text)) {
                            throw new IllegalStateException(
                                    file + " has two different texts called " + name);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isText(String name) {
        String lower = lowerCase(name);
        return !lower.matches(".*\\.(class|java|properties|xml|json)")
                && (LICENCE.matcher(lower).matches() || NOTICE.matcher(lower).matches());
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void addNotice(String artefact, byte[] text) {
        String line = "-".repeat(72) + "\n";
        notice.append("\n").append(line).append(artefact).append("\n").append(line).append("\n");
        notice.append(new String(text, StandardCharsets.UTF_8).strip()).append("\n");
    }

    private void write(Path jar) throws IOException {
        files.put("META-INF/NOTICE", notice.toString().getBytes(StandardCharsets.UTF_8));
        files.put(DIRECTORY + "index.txt", index.toString().getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                JarEntry entry = new JarEntry(file.getKey());
                entry.setTimeLocal(TIME);
                out.putNextEntry(entry);
                out.write(file.getValue());
                out.closeEntry();
            }
        }
    }
}
