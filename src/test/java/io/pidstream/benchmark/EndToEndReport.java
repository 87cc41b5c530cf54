package io.pidstream.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.benchmark.Workbench.Job;
import io.pidstream.benchmark.Workbench.Run;
import io.pidstream.config.PipelineConfig;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the end-to-end benchmark found, for people and for machines. */
record EndToEndReport(PipelineConfig config, int parallelism, int assets, List<Run> runs) {
    private static final int METHODS = 15;
    private static final int ALL = Integer.MAX_VALUE;

    /** Of one figure over the runs of a job. */
    record Spread(double median, double least, double most) {
        static Spread of(List<Run> runs, Job job, ToDoubleFunction<Run> figure) {
            double[] sorted =
                    runs.stream()
                            .filter(run -> run.job() == job)
                            .mapToDouble(figure)
                            .sorted()
                            .toArray();
            int n = sorted.length;
            return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
        }
    }

    private Spread framesPerSecond(Job job) {
        return Spread.of(runs, job, Run::framesPerSecond);
    }

    private Spread cpuMicros(Job job) {
        return Spread.of(runs, job, Run::cpuMicros);
    }

    private Spread bytes(Job job) {
        return Spread.of(runs, job, run -> (double) run.written().bytes() / run.written().count());
    }

    private List<Job> jobs() {
        return runs.stream().map(Run::job).distinct().toList();
    }

    /** A job's rate over that of the first job. */
    private double ratio(Job job) {
        return framesPerSecond(job).median() / framesPerSecond(jobs().get(0)).median();
    }

    void print(Profile profile, PrintStream out) {
        Run any = runs.get(0);
        out.printf(
                "%d frames of %d assets, %d labels, %s, parallelism %d, %d processors, Java %s%n%n",
                any.frames(),
                assets,
                any.frames(),
                config.kafka().delivery().text(),
                parallelism,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        out.printf(
                "%-16s %10s %21s %14s %17s%n",
                "", "frames/s", "range", "cpu µs/frame", "bytes/prediction");
        for (Job job : jobs()) {
            Spread speed = framesPerSecond(job);
            out.printf(
                    "%-16s %10.0f %10.0f–%-10.0f %14.1f %17.0f%n",
                    name(job),
                    speed.median(),
                    speed.least(),
                    speed.most(),
                    cpuMicros(job).median(),
                    bytes(job).median());
        }
        for (Job job : jobs().subList(1, jobs().size())) {
            out.printf("%s / %s: %.3f%n", name(job), name(jobs().get(0)), ratio(job));
        }
        Run last = runs.get(runs.size() - 1);
        out.printf(
                "largest checkpoint of the last run: %.1f MB, %.1f kB per asset, %.1f s%n",
                last.measured().checkpointBytes() / 1e6,
                last.measured().checkpointBytes() / 1e3 / assets,
                last.measured().checkpointSeconds());
        last.recordBytes()
                .forEach((topic, bytes) -> out.printf("%-24s %6.0f bytes/record%n", topic, bytes));
        if (profile != null) {
            out.printf("%nwhere the time goes: %d samples of Java code%n", profile.samples());
            if (parallelism > 1 && profile.serial() > 0) {
                out.printf(
                        "%.1f%% of them in tasks of one subtask: any number of cores has at most"
                                + " %.1f times the rate of one (Amdahl)%n",
                        100 * profile.serialShare(), 1 / profile.serialShare());
            }
            table("part", profile.largest(profile.rooms(), ALL), out);
            table("thread", profile.largest(profile.threads(), METHODS), out);
            table("method", profile.largest(profile.methods(), METHODS), out);
            table("method of pidstream", profile.largest(profile.own(), METHODS), out);
        }
    }

    private static void table(String what, List<Profile.Share> shares, PrintStream out) {
        out.printf("%n%7s  %s%n", "share", what);
        for (Profile.Share share : shares) {
            out.printf("%6.1f%%  %s%n", 100 * share.share(), share.name());
        }
    }

    ObjectNode json(Profile profile) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("frames", runs.get(0).frames());
        root.put("assets", assets);
        root.put("parallelism", parallelism);
        root.put("delivery", config.kafka().delivery().text());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("java", Runtime.version().toString());
        for (Job job : jobs()) {
            ObjectNode node = root.putObject(name(job));
            spread(node.putObject("framesPerSecond"), framesPerSecond(job));
            spread(node.putObject("cpuMicrosPerFrame"), cpuMicros(job));
            node.put("bytesPerPrediction", bytes(job).median());
            node.put("ratio", ratio(job));
        }
        ArrayNode list = root.putArray("runs");
        for (Run run : runs) {
            list.addObject()
                    .put("job", name(run.job()))
                    .put("framesPerSecond", run.framesPerSecond())
                    .put("predictions", run.written().count())
                    .put("seconds", run.measured().seconds())
                    .put("cpuSeconds", run.measured().cpuSeconds())
                    .put("gcSeconds", run.measured().gcSeconds())
                    .put("jitSeconds", run.measured().jitSeconds())
                    .put("loadAverage", run.measured().loadAverage())
                    .put("checkpointBytes", run.measured().checkpointBytes())
                    .put("checkpointSeconds", run.measured().checkpointSeconds())
                    .putPOJO("bytesPerRecord", run.recordBytes());
        }
        if (profile != null) {
            ObjectNode node = root.putObject("profile");
            node.put("samples", profile.samples());
            node.put("serialShare", profile.serialShare());
            shares(node.putObject("parts"), profile, profile.rooms(), ALL);
            shares(node.putObject("threads"), profile, profile.threads(), METHODS);
            shares(node.putObject("methods"), profile, profile.methods(), METHODS);
            shares(node.putObject("own"), profile, profile.own(), METHODS);
        }
        return root;
    }

    private static void spread(ObjectNode node, Spread spread) {
        node.put("median", spread.median()).put("min", spread.least()).put("max", spread.most());
    }

    private static void shares(
            ObjectNode node, Profile profile, Map<String, Long> counts, int most) {
        profile.largest(counts, most).forEach(share -> node.put(share.name(), share.share()));
    }

    private static String name(Job job) {
        return job.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
