package io.pidstream.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The licences that the jars carry, of whatever they bundle. */
class LicencesIT {
    private static final int SHORTEST_LICENCE = 500;

    private static List<PackagedJar> dependencies() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(file -> file.endsWith(".jar"))
                .map(file -> PackagedJar.read(Path.of(file)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/pidstream.jar", "target/pidstream-job.jar"})
    void everythingThatIsBundledHasALicenceText(String file) {
        PackagedJar jar = PackagedJar.read(Path.of(file));
        Set<String> licensed =
                jar.licences().keySet().stream()
                        .map(artefact -> artefact.replaceFirst(".*:(.*):(.*)", "$1-$2"))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> bundled =
                dependencies().stream()
                        .filter(jar::bundles)
                        .map(dependency -> dependency.name().replaceFirst("\\.jar$", ""))
                        .map(name -> name.replaceFirst("-linux-x86_64$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(bundled).hasSizeGreaterThan(10).isEqualTo(licensed);
        jar.licences()
                .forEach(
                        (artefact, names) ->
                                assertThat(names)
                                        .as(artefact)
                                        .allSatisfy(
                                                name -> assertThat(jar.texts()).containsKey(name))
                                        .anySatisfy(
                                                name ->
                                                        assertThat(jar.texts().get(name))
                                                                .hasSizeGreaterThan(
                                                                        SHORTEST_LICENCE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/pidstream.jar", "target/pidstream-job.jar"})
    void licenceAndNoticeAreTheProjectsOwn(String file) throws IOException {
        PackagedJar jar = PackagedJar.read(Path.of(file));
        assertThat(jar.texts().get("META-INF/LICENSE"))
                .isEqualTo(Files.readString(Path.of("LICENSE")));
        assertThat(jar.texts().get("META-INF/NOTICE"))
                .startsWith(Files.readString(Path.of("NOTICE")))
                .contains("org.apache.avro:avro:", "The Apache Software Foundation");
        assertThat(jar.checksums().keySet())
                .filteredOn(
                        name ->
                                name.matches(
                                        "(META-INF/)?([^/]+-)?(LICENSE|NOTICE|DEPENDENCIES)[^/]*"))
                .containsExactlyInAnyOrder("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void nativesThatNeedPyTorchBesideThemAreThereForItsPlatformOnly() {
        Set<String> files = PackagedJar.read(Path.of("target/pidstream.jar")).checksums().keySet();
        assertThat(files)
                .filteredOn(file -> file.startsWith("librocksdbjni"))
                .containsExactly("librocksdbjni-linux64.so");
        assertThat(files)
                .filteredOn(file -> file.matches("com/sun/jna/.*jnidispatch.*"))
                .containsExactly("com/sun/jna/linux-x86-64/libjnidispatch.so");
        assertThat(files)
                .filteredOn(file -> file.startsWith("META-INF/native/"))
                .allMatch(file -> file.endsWith("_x86_64.so"));
        assertThat(files)
                .filteredOn(file -> file.matches("pytorch/.*"))
                .isNotEmpty()
                .allMatch(file -> file.startsWith("pytorch/cpu/linux-x86_64/"));
        assertThat(files)
                .filteredOn(file -> file.matches("lib/.*xgboost4j.*"))
                .containsExactly("lib/linux/x86_64/libxgboost4j.so");
    }

    /**
     * Desktops, where commands read topics; the job jar is for whatever machine a cluster is of.
     */
    @Test
    void compressionIsThereForOtherPlatformsToo() {
        Set<String> all = PackagedJar.read(Path.of("target/pidstream.jar")).checksums().keySet();
        for (String library : List.of("zstd-jni", "snappyjava", "lz4-java")) {
            List<String> natives =
                    all.stream()
                            .map(file -> file.toLowerCase(Locale.ROOT))
                            .filter(file -> file.matches(".*/(lib)?" + library + "[^/]*"))
                            .toList();
            for (String platform :
                    List.of(
                            "linux/(amd64|x86_64)/.*",
                            "linux/aarch64/.*",
                            "(mac|darwin)/aarch64/.*",
                            "(mac|darwin)/x86_64/.*",
                            "win(dows)?/(amd64|x86_64)/.*")) {
                assertThat(natives)
                        .as("%s for %s", library, platform)
                        .anyMatch(file -> file.matches("(.*/)?" + platform));
            }
        }
        assertThat(PackagedJar.read(Path.of("target/pidstream-job.jar")).checksums().keySet())
                .contains("org/xerial/snappy/native/Linux/s390x/libsnappyjava.so");
    }
}
