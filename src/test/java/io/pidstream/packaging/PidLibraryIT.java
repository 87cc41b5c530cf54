package io.pidstream.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The mathematics by itself, as the page about it says that it is used. */
class PidLibraryIT {
    private static final Path JAR = Path.of("target/pidstream-pid.jar").toAbsolutePath();
    private static final Path PAGE = Path.of("src/site/markdown/pid-library.md");
    private static final Path EXAMPLE =
            Path.of("src/test/java/io/pidstream/example/TwoGauges.java").toAbsolutePath();
    private static final String COORDINATES = "META-INF/maven/io.pidstream/pidstream-pid/";

    @TempDir Path directory;

    @Test
    void anExampleIsCompiledAndRunWithTheJarAndWhatItDeclaresAlone() throws Exception {
        String classPath = classPath();

        run("javac", "-Xlint:all", "-Werror", "-d", ".", "-cp", classPath, EXAMPLE.toString());
        String printed =
                run(
                        "java",
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        directory + File.pathSeparator + classPath,
                        "io.pidstream.example.TwoGauges");

        assertThat(printed.lines()).hasSize(5);
        assertThat(Files.readString(PAGE)).contains("```\n" + printed + "```");
    }

    @Test
    void thePageShowsTheExampleVerbatim() throws IOException {
        String example = Files.readString(EXAMPLE);
        assertThat(Files.readString(PAGE))
                .contains("```java\n" + example.substring(example.indexOf("import ")) + "```");
    }

    @Test
    void theJarHasTheTwoPackagesAndAPomOfItsOwn() throws Exception {
        assertThat(PackagedJar.read(JAR).checksums().keySet())
                .contains("META-INF/LICENSE", "META-INF/NOTICE", COORDINATES + "pom.properties")
                .filteredOn(file -> !file.startsWith("META-INF/"))
                .isNotEmpty()
                .allMatch(file -> file.matches("io/pidstream/(pid|stats)/[^/]+\\.class"));
        assertThat(dependencies(JAR, COORDINATES))
                .containsExactly("org.apache.commons:commons-numbers-gamma");
        assertThat(Files.readString(PAGE))
                .contains("<version>%s</version>".formatted(version(JAR, COORDINATES)));
    }

    /** The jar, and what its pom and the poms of that name. */
    private static String classPath() throws Exception {
        List<Path> jars = new ArrayList<>(List.of(JAR));
        List<String> wanted = new ArrayList<>(dependencies(JAR, COORDINATES));
        for (int i = 0; i < wanted.size(); i++) {
            String directory = "META-INF/maven/" + wanted.get(i).replace(':', '/') + "/";
            Path jar = find(directory);
            jars.add(jar);
            dependencies(jar, directory).stream()
                    .filter(artefact -> !wanted.contains(artefact))
                    .forEach(wanted::add);
        }
        assertThat(wanted).allMatch(artefact -> artefact.matches(".*:commons-numbers-.*"));
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path find(String entry) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(file -> file.endsWith(".jar"))
                .map(Path::of)
                .filter(file -> PackagedJar.read(file).checksums().containsKey(entry + "pom.xml"))
                .findFirst()
                .orElseThrow();
    }

    /** What a jar needs to run, as {@code group:name}. */
    private static List<String> dependencies(Path jar, String directory) throws Exception {
        List<String> dependencies = new ArrayList<>();
        NodeList elements = pom(jar, directory).getElementsByTagName("dependency");
        for (int i = 0; i < elements.getLength(); i++) {
            Element dependency = (Element) elements.item(i);
            if (dependency.getElementsByTagName("scope").getLength() == 0) {
                dependencies.add(
                        text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
            }
        }
        return dependencies;
    }

    private static String version(Path jar, String directory) throws Exception {
        return text(pom(jar, directory).getDocumentElement(), "version");
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static Document pom(Path file, String directory) throws Exception {
        try (JarFile jar = new JarFile(file.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(directory + "pom.xml"))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private String run(String program, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", program)
                                        .toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().remove("CLASSPATH");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
