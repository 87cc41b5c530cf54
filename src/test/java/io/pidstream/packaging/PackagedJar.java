package io.pidstream.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * What is in a jar.
 *
 * @param name of the file
 * @param checksums CRC-32 of every file in it
 * @param texts the files in META-INF/, as text
 */
record PackagedJar(String name, Map<String, Long> checksums, Map<String, String> texts) {
    private static final String INDEX = "META-INF/licenses/index.txt";

    static PackagedJar read(Path file) {
        Map<String, Long> checksums = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory()) {
                    checksums.put(entry.getName(), entry.getCrc());
                }
                if (entry.getName().matches("META-INF/(LICENSE|NOTICE|MANIFEST.MF|licenses/.*)")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        texts.put(
                                entry.getName(),
                                new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PackagedJar(file.getFileName().toString(), checksums, texts);
    }

    /**
     * Whether nearly all of the other's classes, or of its files where it has no class, are in
     * here: some jars share a few classes.
     */
    boolean bundles(PackagedJar other) {
        Map<String, Long> content = other.content();
        long here =
                content.entrySet().stream()
                        .filter(
                                file ->
                                        file.getValue().equals(checksums.get(file.getKey()))
                                                || checksums.containsKey(relocated(file.getKey())))
                        .count();
        return 10 * here > 9 * content.size();
    }

    /** Its classes, or where it has none all but what is about the jar itself. */
    private Map<String, Long> content() {
        Map<String, Long> content = new TreeMap<>(checksums);
        content.keySet().removeIf(file -> file.endsWith("module-info.class"));
        if (content.keySet().stream().anyMatch(file -> file.endsWith(".class"))) {
            content.keySet().removeIf(file -> !file.endsWith(".class"));
        } else {
            content.keySet().removeIf(file -> file.matches("META-INF/(maven/.*|[^/]*)"));
        }
        return content;
    }

    private static String relocated(String file) {
        return file.replaceFirst("^org/apache/flink/", "io/pidstream/flink/");
    }

    /** Per line of the index, group:name:version and the names of the texts. */
    Map<String, List<String>> licences() {
        Map<String, List<String>> licences = new TreeMap<>();
        texts.get(INDEX)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" ", -1)))
                .forEach(words -> licences.put(words.get(0), words.subList(1, words.size())));
        return licences;
    }
}
