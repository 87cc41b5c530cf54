package io.pidstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.pidstream.event.BinarySerializer;
import io.pidstream.pid.ModalitySet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house: which package may know which. */
@AnalyzeClasses(packages = "io.pidstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final double LARGEST_SHARE = 0.12;
    private static final Path SOURCES = Path.of("src/main/java/io/pidstream");

    private static final String[] STAGES = {
        "io.pidstream.align..",
        "io.pidstream.encode..",
        "io.pidstream.learn..",
        "io.pidstream.alert..",
        "io.pidstream.promote..",
        "io.pidstream.train.."
    };

    private static final String[] FRAMEWORKS = {
        "org.apache.flink..", "org.apache.kafka..", "ai.djl..", "ml.dmlc..", "picocli.."
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.pidstream.(*)..").should().beFreeOfCycles();

    /** What the artefact for researchers has in it. */
    @ArchTest
    static final ArchRule statsAndPidStandAlone =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.pidstream.stats..", "io.pidstream.pid..")
                    .should()
                    .dependOnClassesThat(
                            not(
                                    resideInAnyPackage(
                                            "java..",
                                            "org.apache.commons.numbers..",
                                            "io.pidstream.stats..",
                                            "io.pidstream.pid..")));

    @ArchTest
    static final ArchRule forecastsAreALibrary =
            onlyKnows(
                    "io.pidstream.forecast..",
                    "io.pidstream.format..",
                    "io.pidstream.pid..",
                    "io.pidstream.stats..",
                    "io.pidstream.tables..",
                    "io.pidstream.yardstick..");

    @ArchTest
    static final ArchRule tablesAreALibrary =
            onlyKnows(
                    "io.pidstream.tables..",
                    "io.pidstream.format..",
                    "io.pidstream.pid..",
                    "io.pidstream.stats..");

    /** Readers of the topics use it as well as the job. */
    @ArchTest
    static final ArchRule yardsticksAreALibrary =
            onlyKnows("io.pidstream.yardstick..", "io.pidstream.format..", "io.pidstream.stats..");

    /** Files and topics read times in the same ways. */
    @ArchTest static final ArchRule timesAreALibrary = onlyKnows("io.pidstream.time..");

    @ArchTest
    static final ArchRule detectorsAreALibrary =
            onlyKnows(
                    "io.pidstream.detect..",
                    "io.pidstream.avro..",
                    "io.pidstream.event..",
                    "io.pidstream.format..",
                    "io.pidstream.pid..",
                    "io.pidstream.stats..");

    @ArchTest
    static final ArchRule mathematicsAndRecordsKnowNoFramework =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.pidstream.stats..",
                            "io.pidstream.pid..",
                            "io.pidstream.forecast..",
                            "io.pidstream.detect..",
                            "io.pidstream.event..",
                            "io.pidstream.format..",
                            "io.pidstream.simulate..")
                    // What Flink looks for in savepoints of former programs, where it was.
                    .and(not(belongToAnyOf(BinarySerializer.class)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FRAMEWORKS);

    /** Flink's file systems carry the parameters of versions, and nothing else of Flink is here. */
    @ArchTest
    static final ArchRule versionsKnowFlinksFilesOnly =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.pidstream.version..",
                            "io.pidstream.network..",
                            "io.pidstream.trees..",
                            "io.pidstream.blend..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "org.apache.flink..",
                                            "org.apache.kafka..",
                                            "io.pidstream.event..",
                                            "io.pidstream.config..",
                                            "io.pidstream.pipeline..")
                                    .and(not(resideInAPackage("org.apache.flink.core.fs.."))));

    @ArchTest
    static final ArchRule djlOnlyWhereNetworksAre =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.network..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.djl..");

    /** A job that only uses trees must do without the library that grows them. */
    @ArchTest
    static final ArchRule theLibraryOfTreesIsForGrowingThem =
            noClasses()
                    .that()
                    .haveNameNotMatching(
                            "io\\.pidstream\\.trees\\.(Boosting|BoostingDevice|LibraryCheck)")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ml.dmlc..");

    /**
     * A kind of version is known only by its registration, so adding one changes no other class.
     */
    @ArchTest
    static final ArchRule onlyTheirPackageKnowsAKindOfVersion =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.network..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.pidstream.network..");

    @ArchTest
    static final ArchRule onlyTheirPackageKnowsTrees =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.trees..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.pidstream.trees..");

    @ArchTest
    static final ArchRule onlyTheirPackageKnowsBlends =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.blend..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.pidstream.blend..");

    @ArchTest
    static final ArchRule theExplanationPageKnowsTopicsOnly =
            noClasses()
                    .that()
                    .resideInAPackage("io.pidstream.dashboard..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "io.pidstream.pipeline..",
                            "io.pidstream.config..",
                            "io.pidstream.learn..",
                            "io.pidstream.forecast..");

    @ArchTest
    static final ArchRule picocliOnlyInTheCommandLine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule theCommandLineIsPicocli =
            classes()
                    .that()
                    .resideInAPackage("io.pidstream.cli..")
                    .and()
                    .areTopLevelClasses()
                    .and()
                    .doNotHaveSimpleName("package-info")
                    .should()
                    .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule stagesDoNotKnowEachOther =
            slices().matching("io.pidstream.(align|encode|learn|alert|promote|train)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule stagesDoNotKnowKafkaOrThePipeline =
            noClasses()
                    .that()
                    .resideInAnyPackage(STAGES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.pidstream.kafka..",
                            "io.pidstream.config..",
                            "io.pidstream.pipeline..",
                            "io.pidstream.cli..",
                            "org.apache.kafka..");

    /** Sets of modalities are values: their bits are taken apart in one place. */
    @ArchTest
    static final ArchRule bitsOfSetsAreOfModalitySets =
            noClasses()
                    .that(not(belongToAnyOf(ModalitySet.class)))
                    .should()
                    .callMethod(Integer.class, "bitCount", int.class)
                    .orShould()
                    .callMethod(Integer.class, "numberOfTrailingZeros", int.class);

    /**
     * The nodes of a redundancy lattice are sets of sets, and leaves of tables have bits of
     * thresholds.
     */
    @Test
    void onlySetsShiftBitsByAVariable() throws IOException {
        Pattern shift = Pattern.compile("\\b1 << [a-zA-Z(]|[\\w)] >>>? [a-zA-Z.()]+ & 1\\b");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> shifting = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (shift.matcher(Files.readString(file)).find()) {
                    shifting.add(file.getFileName().toString());
                }
            }
            assertThat(shifting)
                    .containsExactlyInAnyOrder(
                            "ModalitySet.java", "RedundancyLattice.java", "TableLayout.java");
        }
    }

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor =
            classes()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.avro..")
                    .should(liveInADescribedPackage());

    @Test
    void noPackageIsMuchLargerThanTheOthers() throws IOException {
        Map<String, Long> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String room = SOURCES.relativize(file).getName(0).toString();
                lines.merge(room, (long) Files.readAllLines(file).size(), Long::sum);
            }
        }
        long all = lines.values().stream().mapToLong(Long::longValue).sum();
        assertThat(lines)
                .allSatisfy(
                        (room, count) ->
                                assertThat((double) count / all)
                                        .as("share of %s", room)
                                        .isLessThan(LARGEST_SHARE));
    }

    /** Java, itself and the given packages. */
    private static ArchRule onlyKnows(String room, String... others) {
        DescribedPredicate<JavaClass> known =
                resideInAnyPackage("java..", room).or(resideInAnyPackage(others));
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(not(known).as("are of other packages"));
    }

    private static ArchCondition<JavaClass> liveInADescribedPackage() {
        return new ArchCondition<>("live in a package with a package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String file =
                        "src/main/java/"
                                + type.getPackageName().replace('.', '/')
                                + "/package-info.java";
                if (!new File(file).isFile()) {
                    events.add(SimpleConditionEvent.violated(type, file + " is missing"));
                }
            }
        };
    }
}
