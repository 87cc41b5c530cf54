package io.pidstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.ModelVersion;
import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import io.pidstream.embedded.EmbeddedFlink;
import io.pidstream.kafka.JobWatch;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import io.pidstream.pipeline.JobDefaults;
import io.pidstream.pipeline.KafkaEndpoints;
import io.pidstream.pipeline.ServeJob;
import io.pidstream.pipeline.ServeSources;
import io.pidstream.pipeline.TrainJob;
import io.pidstream.process.JobJar;
import io.pidstream.process.KeyGroups;
import io.pidstream.process.OnlyJob;
import io.pidstream.process.Restore;
import io.pidstream.registry.ModelRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run serve} and {@code run train}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a job on the topics of a configuration, which must exist (see 'topics create').",
            "Without --local it is submitted to the Flink cluster given by FLINK_CONF_DIR or by the"
                    + " configuration's flink keys."
        },
        footer = {
            "",
            "Example:  pidstream run serve --config deploy/examples/air-quality.yaml --local",
            "          pidstream run train --config deploy/examples/air-quality.yaml --local",
            "          pidstream run serve --config C.yaml \\",
            "              --set flink.rest.address=flink --set flink.rest.port=8081"
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration RESTORE_LIMIT = Duration.ofMinutes(5);

    /** The jobs. */
    enum Job {
        SERVE,
        TRAIN;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "serve|train",
            description =
                    "The job: serve predicts and explains; train fine-tunes the encoders and"
                            + " publishes candidates for them.")
    Job job;

    @Mixin ConfigOptions config;
    @Mixin BrokerOptions broker;
    @Mixin OutputOptions output;
    @Mixin PrometheusOptions prometheus;

    @Option(
            names = "--local",
            description = "Runs on a Flink cluster inside this process, until Ctrl-C.")
    boolean local;

    @Option(
            names = "--bounded",
            description =
                    "Stops at the current ends of the topics, and ignores idleness, so that the"
                            + " output of a backlog does not depend on the reading speed.")
    boolean bounded;

    @Option(
            names = "--parallelism",
            description = "Parallelism; default: flink.parallelism.default, or 1.")
    Integer parallelism;

    @Mixin StartOptions begin;

    @Option(
            names = "--jar",
            paramLabel = "pidstream-job.jar",
            description = "The job jar to submit; default: the one next to this program.")
    Path jar;

    @Spec CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        begin.check();
        PipelineConfig read = broker.in(config.read(spec.commandLine().getErr()));
        if (parallelism != null) {
            requireParallelism(KeyGroups.MOST);
        }
        checkTopics(read);
        if (job == Job.TRAIN && read.encoder().artefacts() == null) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "encoder.artefacts is not set: versions whose parameters do not fit"
                                    + " into a record of 512 KiB will be rejected.");
        }
        return local ? runHere(read) : submit(read);
    }

    private static void checkTopics(PipelineConfig read) throws Exception {
        List<String> problems = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try (TopicAdmin admin = new TopicAdmin(read.kafka(), read.inputTopics())) {
            for (TopicAdmin.Finding finding : admin.check()) {
                if (finding.state() == TopicAdmin.State.MISSING) {
                    if (read.inputTopics().others().contains(finding.topic())) {
                        problems.add(
                                "sources: expected a topic %s; there is none"
                                        .formatted(finding.topic()));
                    } else {
                        missing.add(finding.topic());
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            problems.add(
                    "kafka.prefix: %s: expected %s %s; there is none (see 'topics create')"
                            .formatted(
                                    read.kafka().prefix(),
                                    missing.size() == 1 ? "a topic" : "the topics",
                                    String.join(", ", missing)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private int runHere(PipelineConfig read) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        try (OnlyJob only = OnlyJob.of(watch(read), err)) {
            only.await();
            Configuration flink = settings(read, new Configuration());
            prometheus.flink().forEach(flink::setString);
            try (EmbeddedFlink cluster = EmbeddedFlink.start(flink.toMap())) {
                err.println("Flink dashboard: " + cluster.dashboard());
                JobClient client = start(read, cluster.environment(flink));
                only.handOver();
                ObjectNode summary = summary(read, client);
                if (!bounded) {
                    err.println("Ctrl-C stops it.");
                }
                client.getJobExecutionResult().get();
                summary.put("state", "FINISHED");
                print(summary);
                return 0;
            }
        }
    }

    /**
     * If Flink itself runs this program, the job goes to Flink's cluster. Otherwise the job jar is
     * run like 'flink run' does, so that the graph consists of the classes that the cluster gets,
     * and this method is called again there.
     */
    private int submit(PipelineConfig read) throws Exception {
        StreamExecutionEnvironment found = StreamExecutionEnvironment.getExecutionEnvironment();
        if (found instanceof LocalStreamEnvironment) {
            new JobJar(jobJar())
                    .run(
                            JobJar.client(read),
                            JobMain.class.getName(),
                            spec.root().commandLine().getParseResult().originalArgs());
            return 0;
        }
        Configuration cluster = Configuration.fromMap(found.getConfiguration().toMap());
        try (OnlyJob only = only(read, cluster)) {
            only.await();
            Configuration flink = settings(read, cluster);
            JobClient client =
                    start(read, StreamExecutionEnvironment.getExecutionEnvironment(flink));
            only.handOver();
            if (begin.restores() && JobJar.isRemote(flink)) {
                awaitRestore(flink, client);
            }
            ObjectNode summary = summary(read, client);
            summary.put("state", "SUBMITTED");
            print(summary);
            return 0;
        }
    }

    /**
     * Within a JobManager, which may have restarted and be running the job already, the job itself
     * sees to it that it is the only one of its name.
     */
    private OnlyJob only(PipelineConfig read, Configuration cluster) {
        return JobJar.isRemote(cluster)
                ? OnlyJob.of(watch(read), spec.commandLine().getErr())
                : OnlyJob.UNCHECKED;
    }

    /** Reports refused state as an error of this command, and not only in the job's log. */
    private void awaitRestore(Configuration flink, JobClient client) throws Exception {
        if (!Restore.await(flink, client.getJobID(), RESTORE_LIMIT)) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "--from: not all tasks are running after %d s; the job is waiting for slots or still restoring its state"
                                    .formatted(RESTORE_LIMIT.toSeconds()));
        }
    }

    private Configuration settings(PipelineConfig read, Configuration cluster)
            throws IOException, ExecutionException {
        Configuration flink = JobDefaults.of(read, cluster);
        if (parallelism != null) {
            flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        }
        String savepoint = begin.savepoint(flink, read.kafka(), reader(read));
        if (savepoint != null) {
            KeyGroups.restore(flink, savepoint, read.flink(), spec.commandLine().getErr()::println);
        }
        if (parallelism != null) {
            requireParallelism(flink.get(PipelineOptions.MAX_PARALLELISM));
        }
        return flink;
    }

    private void requireParallelism(int most) {
        if (parallelism < 1 || parallelism > most) {
            throw new ConfigurationException(
                    List.of("--parallelism: %d: expected 1 to %d".formatted(parallelism, most)));
        }
    }

    private JobWatch watch(PipelineConfig read) {
        return job == Job.SERVE
                ? KafkaEndpoints.watch(read, bounded)
                : KafkaEndpoints.trainWatch(read, bounded);
    }

    private StartOptions.Reader reader(PipelineConfig read) {
        JobWatch watch = watch(read);
        return new StartOptions.Reader(
                read.name() + " " + job.text(),
                watch.name(),
                watch.inputs(),
                new Topics(read.kafka().prefix()).modelVersions(),
                new Topics(read.kafka().prefix()).alertActions());
    }

    private JobClient start(PipelineConfig read, StreamExecutionEnvironment env) throws Exception {
        switch (job) {
            case SERVE -> ServeJob.define(env, read, sources(read), KafkaEndpoints.sinks(read));
            case TRAIN ->
                    TrainJob.define(
                            env,
                            read,
                            KafkaEndpoints.trainSources(read, bounded, begin.sources()),
                            KafkaEndpoints.trainSinks(read));
        }
        return env.executeAsync(read.name() + " " + job.text());
    }

    private ServeSources sources(PipelineConfig read) throws ExecutionException {
        PrintWriter err = spec.commandLine().getErr();
        return bounded
                ? KafkaEndpoints.backlog(read, versions(read), begin.sources(), err::println)
                : KafkaEndpoints.sources(read, versions(read), begin.sources());
    }

    /** The existing versions, so that they already apply to the first frame. */
    private static List<ModelVersion> versions(PipelineConfig read) throws ExecutionException {
        return List.copyOf(new ModelRegistry(read.kafka(), read.name()).read().versions().values());
    }

    private Path jobJar() throws Exception {
        if (jar == null) {
            Path here =
                    Path.of(
                            RunCommand.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            jar = here.resolveSibling("pidstream-job.jar");
        }
        if (!Files.isRegularFile(jar)) {
            throw new ConfigurationException(
                    List.of("--jar: %s: expected the job jar; there is none".formatted(jar)));
        }
        return jar.toAbsolutePath();
    }

    private ObjectNode summary(PipelineConfig read, JobClient client) {
        ObjectNode summary = new ObjectMapper().createObjectNode();
        summary.put("name", read.name());
        summary.put("job", job.text());
        summary.put("jobId", client.getJobID().toString());
        return summary;
    }

    private void print(ObjectNode summary) {
        spec.commandLine()
                .getOut()
                .println(
                        output.json
                                ? summary
                                : "%s %s, job %s: %s"
                                        .formatted(
                                                summary.path("name").asText(),
                                                job.text(),
                                                summary.path("jobId").asText(),
                                                summary.path("state")
                                                        .asText()
                                                        .toLowerCase(Locale.ROOT)));
    }
}
