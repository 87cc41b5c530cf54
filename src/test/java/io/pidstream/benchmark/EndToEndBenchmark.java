package io.pidstream.benchmark;

import io.pidstream.benchmark.Workbench.Job;
import io.pidstream.benchmark.Workbench.Run;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many frames a second the whole pipeline takes from Kafka to Kafka, against a job over the
 * same topics that only decodes and writes. Runs by name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx4g -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     io.pidstream.benchmark.EndToEndBenchmark [--frames 200000] [--parallelism 2] [--json]
 * }</pre>
 *
 * Everything is in this one JVM: a broker, a Flink cluster, both jobs. Before anything is measured
 * the topics are filled with two modalities of eight channels, and a label for every frame; every
 * run reads all of it. Both jobs run to warm up, and then in turn, every second time in reverse, so
 * that whatever else the machine does meets both. {@code --jobs} adds others: the pipeline's graph
 * with nothing in it, the pipeline without metrics, and the pipeline that reads the same records in
 * JSON by a mapping. A run counts only if it has committed exactly one prediction for every frame,
 * the first slot's apart, when the pipeline has not yet learned any label, and no dead letter.
 *
 * <p>At the end the pipeline runs once more while its stacks are sampled; that run is not among
 * those that are compared.
 */
@Command(
        name = "EndToEndBenchmark",
        mixinStandardHelpOptions = true,
        description = "Measures the pipeline from Kafka to Kafka against a pass-through job.")
public final class EndToEndBenchmark implements Callable<Integer> {
    @Option(
            names = "--frames",
            defaultValue = "200000",
            description = "Frames, a multiple of the assets (${DEFAULT-VALUE}).")
    long frames;

    @Option(names = "--assets", defaultValue = "1000", description = "Assets (${DEFAULT-VALUE}).")
    int assets;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Subtasks, and partitions of every topic (${DEFAULT-VALUE}).")
    int parallelism;

    @Option(
            names = "--warm-up",
            defaultValue = "1",
            description = "Runs of each job before anything is compared (${DEFAULT-VALUE}).")
    int warmUps;

    @Option(
            names = "--pairs",
            defaultValue = "3",
            description = "Runs of each job that are compared (${DEFAULT-VALUE}).")
    int pairs;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the configuration, such as kafka.delivery.")
    Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--jobs",
            split = ",",
            defaultValue = "PASS_THROUGH,PIPELINE",
            description = "The jobs in turn: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    Set<Job> jobs = EnumSet.noneOf(Job.class);

    @Option(
            names = "--profile-of",
            defaultValue = "PIPELINE",
            description = "The job that is profiled (${DEFAULT-VALUE}).")
    Job profiled;

    @Option(names = "--no-profile", negatable = true, description = "Leaves the profile out.")
    boolean profile = true;

    @Option(names = "--json", description = "One JSON object as the last line of standard output.")
    boolean json;

    public static void main(String[] args) {
        System.exit(new CommandLine(new EndToEndBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (pairs < 1 || frames % assets != 0 || frames / assets < 2) {
            throw new IllegalArgumentException(
                    "%d pairs of %d frames of %d assets; expected at least 1 pair, and 2 frames or more of every asset"
                            .formatted(pairs, frames, assets));
        }
        PrintStream progress = System.err;
        progress.printf("writing %d frames of %d assets%n", frames, assets);
        int slots = Math.toIntExact(frames / assets);
        boolean inJson = jobs.contains(Job.FROM_JSON) || profiled == Job.FROM_JSON;
        try (Workbench bench = new Workbench(assets, slots, parallelism, set, inJson)) {
            for (int i = 0; i < warmUps; i++) {
                for (Job job : jobs) {
                    show("warm-up", bench.run(job), progress);
                }
            }
            List<Run> runs = new ArrayList<>();
            List<Job> turn = new ArrayList<>(jobs);
            for (int pair = 1; pair <= pairs; pair++) {
                for (Job job : turn) {
                    Run run = bench.run(job);
                    show("pair " + pair, run, progress);
                    runs.add(run);
                }
                // The one that comes later finds more of itself compiled.
                Collections.reverse(turn);
            }
            Profile sampled = null;
            if (profile) {
                Profile.Profiled<Run> run = bench.profile(profiled);
                show("profile", run.result(), progress);
                sampled = run.profile();
            }
            EndToEndReport report = new EndToEndReport(bench.config(), parallelism, assets, runs);
            report.print(sampled, System.out);
            if (json) {
                System.out.println(report.json(sampled));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void show(String what, Run run, PrintStream out) {
        MeasuredRun m = run.measured();
        out.printf(
                "%-8s %-12s %8.0f frames/s %7.2f s, cpu %6.2f s, gc %5.2f s, jit %5.2f s, load"
                        + " %.1f%n",
                what,
                run.job(),
                run.framesPerSecond(),
                m.seconds(),
                m.cpuSeconds(),
                m.gcSeconds(),
                m.jitSeconds(),
                m.loadAverage());
    }
}
