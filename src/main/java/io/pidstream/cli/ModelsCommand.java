package io.pidstream.cli;

import io.pidstream.avro.ModelVersion;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.record.ModelView;
import io.pidstream.registry.ModelChanges;
import io.pidstream.registry.ModelRegistry;
import io.pidstream.version.ArtefactDirectory;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.StoredParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models list}, {@code show}, {@code publish}, {@code rollback} and {@code retire}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Manages the versions of the encoders. They are kept in a topic that the jobs and these"
                    + " commands write; every version has one state.",
            "Every change is a new record; compaction keeps the newest record of a version."
        },
        synopsisSubcommandLabel = "(list | show | publish | rollback | retire)",
        subcommands = {
            ModelsCommand.ListAll.class,
            ModelsCommand.Show.class,
            ModelsCommand.Publish.class,
            ModelsCommand.Rollback.class,
            ModelsCommand.Retire.class
        },
        footer = {"", "Example:  pidstream models list --config C.yaml"})
final class ModelsCommand implements Runnable {
    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "models: expected list, show, publish, rollback or retire");
    }

    /** Common parts of all actions. */
    abstract static class Action extends RecordsCommand {
        ModelRegistry registry;

        @Override
        final void open(KafkaSettings kafka) {
            registry = new ModelRegistry(kafka, read.name());
        }

        final ModelRegistry.Content content() throws Exception {
            return told(registry.read());
        }

        private ModelRegistry.Content told(ModelRegistry.Content content) {
            PrintWriter err = spec.commandLine().getErr();
            content.problems().forEach(err::println);
            return content;
        }

        final void change(Instant effectiveFrom, Function<ModelChanges, List<ModelVersion>> change)
                throws Exception {
            List<ModelVersion> written =
                    registry.change(
                            (content, next) ->
                                    change.apply(
                                            new ModelChanges(
                                                    told(content).versions(),
                                                    next,
                                                    effectiveFrom)));
            print(
                    ModelView.table(written),
                    ModelView.json(read.name(), registry.topic(), written, json()));
        }

        /** Loads file-system plugins, as Flink's own processes do. */
        final void useFlinkFileSystems() {
            Configuration flink = Configuration.fromMap(read.flink());
            FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
        }

        final void requireFits(ModelArtefact artefact) {
            ModelShape shape = artefact.manifest().shape();
            shape.requireFits(read.encodable().channelsOf(shape.names()), read.target().names());
        }

        /**
         * @throws ModelRefusedException if the version must not be used
         */
        final void requireUsable(ModelVersion version) {
            useFlinkFileSystems();
            requireFits(ModelRecords.toArtefact(version, new StoredParameters()));
        }
    }

    /** {@code models list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all versions and their states.",
            footer = {"", "Example:  pidstream models list --config C.yaml --json"})
    static final class ListAll extends Action {
        @Override
        void act() throws Exception {
            var versions = content().versions().values();
            print(
                    versions.isEmpty()
                            ? "no versions: the identity encoder serves"
                            : ModelView.table(versions),
                    ModelView.json(read.name(), registry.topic(), versions, json()));
        }
    }

    /** {@code models show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Shows one version, and checks its parameters to see whether it can be used.",
            footer = {"", "Example:  pidstream models show 3 --config C.yaml"})
    static final class Show extends Action {
        @Parameters(index = "0", paramLabel = "N", description = "Number of the version.")
        long number;

        @Override
        void act() throws Exception {
            ModelVersion version = ModelChanges.require(content().versions(), number);
            String check = check(version);
            print(ModelView.details(version, check), ModelView.detailsJson(version, check, json()));
        }

        private String check(ModelVersion version) {
            try {
                requireUsable(version);
                return "ok";
            } catch (ModelRefusedException e) {
                return e.getMessage();
            }
        }
    }

    /** {@code models publish}. */
    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = {
                "Publishes a version written by 'train' under the next number.",
                "It becomes active immediately and retires the active version. With --candidate it"
                        + " first runs as a shadow and must win a trial."
            },
            footer = {"", "Example:  pidstream models publish model/ --config C.yaml"})
    static final class Publish extends Action {
        @Parameters(index = "0", paramLabel = "DIR", description = "Output directory of 'train'.")
        Path directory;

        @Option(
                names = "--candidate",
                description = "Publishes it as a candidate, which must win a trial first.")
        boolean candidate;

        @Mixin EffectiveFrom effectiveFrom;

        @Override
        void act() throws Exception {
            ModelArtefact artefact = artefact();
            Instant now = Instant.now(Clock.systemUTC());
            change(
                    effectiveFrom.or(now),
                    changes -> {
                        // Invalid versions are refused before anything is written.
                        List<ModelVersion> unused =
                                changes.publish(artefact, "unused", now, candidate);
                        return changes.publish(artefact, store(artefact), now, candidate);
                    });
        }

        private ModelArtefact artefact() throws IOException {
            try {
                ModelArtefact artefact = ModelArtefact.read(directory);
                requireFits(artefact);
                return artefact;
            } catch (ModelRefusedException e) {
                throw ModelChanges.refused("%s: %s".formatted(directory, e.getMessage()));
            } catch (NoSuchFileException e) {
                throw ModelChanges.refused(
                        "%s: expected an output directory of 'train'; there is no %s"
                                .formatted(directory, e.getFile()));
            }
        }

        private String store(ModelArtefact artefact) {
            useFlinkFileSystems();
            try {
                return new ArtefactDirectory(read.encoder().artefacts()).store(artefact);
            } catch (IOException e) {
                throw ModelChanges.refused(e.getMessage());
            }
        }
    }

    /** {@code models rollback}. */
    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Makes a retired version active again and retires the active one.",
            footer = {"", "Example:  pidstream models rollback 3 --config C.yaml"})
    static final class Rollback extends Action {
        @Parameters(index = "0", paramLabel = "N", description = "Number of the version.")
        long number;

        @Mixin EffectiveFrom effectiveFrom;

        @Override
        void act() throws Exception {
            change(
                    effectiveFrom.or(Instant.now(Clock.systemUTC())),
                    changes -> {
                        List<ModelVersion> records = changes.rollback(number);
                        try {
                            requireUsable(changes.require(number));
                        } catch (ModelRefusedException e) {
                            throw ModelChanges.refused(
                                    "version %d cannot be used: %s"
                                            .formatted(number, e.getMessage()));
                        }
                        return records;
                    });
        }
    }

    /** {@code models retire}. */
    @Command(
            name = "retire",
            mixinStandardHelpOptions = true,
            description =
                    "Takes a version out of use. An active version is retired; then another version"
                        + " that is still active serves, or else the identity encoder. A candidate"
                        + " is rejected.",
            footer = {"", "Example:  pidstream models retire 4 --config C.yaml"})
    static final class Retire extends Action {
        @Parameters(index = "0", paramLabel = "N", description = "Number of the version.")
        long number;

        @Mixin EffectiveFrom effectiveFrom;

        @Override
        void act() throws Exception {
            change(
                    effectiveFrom.or(Instant.now(Clock.systemUTC())),
                    changes -> changes.retire(number));
        }
    }

    /** {@code --effective-from}. */
    static final class EffectiveFrom {
        @Option(
                names = "--effective-from",
                paramLabel = "2026-01-31T12:00:00Z",
                description = "Event time at which the change takes effect. Default: now.")
        Instant instant;

        Instant or(Instant now) {
            return instant == null ? now : instant;
        }
    }
}
