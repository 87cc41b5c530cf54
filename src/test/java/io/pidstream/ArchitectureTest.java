package io.pidstream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;

/** The rooms of the house: which package may know which. */
@AnalyzeClasses(packages = "io.pidstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] STAGES = {
        "io.pidstream.align..",
        "io.pidstream.encode..",
        "io.pidstream.learn..",
        "io.pidstream.alert..",
        "io.pidstream.promote..",
        "io.pidstream.train.."
    };

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.pidstream.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule mathematicsKnowsNoFramework =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.pidstream.stats..", "io.pidstream.pid..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.kafka..",
                            "ai.djl..",
                            "org.apache.avro..");

    @ArchTest
    static final ArchRule learnersKnowNoFlink =
            noClasses()
                    .that()
                    .resideInAPackage("io.pidstream.learn..")
                    .and()
                    .haveSimpleNameEndingWith("Learner")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule simulatedPlantKnowsNoFlink =
            noClasses()
                    .that()
                    .resideInAPackage("io.pidstream.simulate..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule networksKnowNoFlink =
            noClasses()
                    .that()
                    .resideInAPackage("io.pidstream.model..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.kafka..",
                            "io.pidstream.event..",
                            "io.pidstream.pipeline..",
                            "io.pidstream.cli..");

    @ArchTest
    static final ArchRule djlOnlyWhereNetworksAre =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.pidstream.model..", "io.pidstream.train..", "io.pidstream.encode..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.djl..");

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
                            "io.pidstream.cli..",
                            "io.pidstream.learn..");

    @ArchTest
    static final ArchRule jsonKnowsRecordsOnly =
            noClasses()
                    .that()
                    .resideInAPackage("io.pidstream.json..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.kafka..",
                            "io.pidstream.event..",
                            "io.pidstream.pipeline..");

    @ArchTest
    static final ArchRule picocliOnlyInCommands =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

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
                            "io.pidstream.pipeline..",
                            "io.pidstream.cli..",
                            "org.apache.kafka..");

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor =
            classes()
                    .that()
                    .resideOutsideOfPackage("io.pidstream.avro..")
                    .should(liveInADescribedPackage());

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
