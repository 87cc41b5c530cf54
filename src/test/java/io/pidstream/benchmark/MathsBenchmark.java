package io.pidstream.benchmark;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.Moments;
import io.pidstream.stats.NormalScore;
import io.pidstream.stats.TargetQuantiles;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What learning one label and explaining it cost, one thread. Runs by name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) io.pidstream.benchmark.MathsBenchmark
 * }</pre>
 *
 * JMH's own options and a pattern of benchmark names may follow.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MathsBenchmark {
    /** Runs the benchmarks of this class, with the options of JMH's command line. */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.parent(new CommandLineOptions(args));
        if (Arrays.stream(args).noneMatch(arg -> arg.contains("Benchmark"))) {
            options.include(MathsBenchmark.class.getName());
        }
        new Runner(options.build()).run();
    }

    /** Moments of a target and its latents. */
    @State(Scope.Thread)
    public static class Learning {
        /** Target with 8 + 8 and with 64 + 64 latents. */
        @Param({"17", "129"})
        public int dimension;

        private Moments moments;
        private double[][] samples;
        private int next;

        @Setup
        public void fill() {
            moments = new Moments(dimension, 1000);
            Random random = new Random(1);
            samples = new double[256][];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = random.doubles(dimension, -1, 1).toArray();
            }
        }
    }

    /** A sampled covariance of a target and several modalities. */
    @State(Scope.Thread)
    public static class Explaining {
        /** Dimensions of the target. */
        @Param({"1", "4"})
        public int targets;

        /** Channels of each modality. */
        @Param({"8,8", "64,64", "8,8,8,8,8,8"})
        public String sizes;

        private double[] covariance;
        private int[] channels;
        private List<String> names;
        private double effectiveSamples;

        @Setup
        public void fill() {
            channels = Arrays.stream(sizes.split(",", -1)).mapToInt(Integer::parseInt).toArray();
            names = List.of("a", "b", "c", "d", "e", "f").subList(0, channels.length);
            int d = targets + Arrays.stream(channels).sum();
            Moments moments = new Moments(d, Moments.NO_DECAY);
            Random random = new Random(1);
            for (int s = 0; s < 10 * d; s++) {
                double[] x = new double[d];
                double common = random.nextGaussian();
                for (int i = 0; i < d; i++) {
                    x[i] = common + 3 * random.nextGaussian();
                }
                moments.add(x, 0);
            }
            covariance = moments.covariance();
            effectiveSamples = moments.effectiveSamples();
        }
    }

    /** Rows that fit the nearest cache. */
    @State(Scope.Thread)
    public static class Peak {
        private static final int LENGTH = 256;
        private final double[][] rows = new double[9][LENGTH];
        private final double[] factors = new Random(1).doubles(8).toArray();

        @Setup
        public void fill() {
            Random random = new Random(2);
            for (double[] row : rows) {
                Arrays.setAll(row, i -> random.nextDouble());
            }
        }
    }

    /** Quantiles of a target. */
    @State(Scope.Thread)
    public static class Ranking {
        private final TargetQuantiles quantiles = new TargetQuantiles(10_000);
        private final Random random = new Random(1);
        private final double[] targets = random.doubles(4096).toArray();
        private NormalScore score;
        private int next;

        @Setup
        public void fill() {
            for (int i = 0; i < 15_000; i++) {
                quantiles.add(random.nextGaussian());
            }
            score = quantiles.snapshot();
        }
    }

    @Benchmark
    public Moments addSample(Learning state) {
        int n = state.next++;
        state.moments.add(state.samples[n & 255], n);
        return state.moments;
    }

    @Benchmark
    public Decomposition decompose(Explaining state) {
        return GaussianPid.decompose(
                state.covariance,
                state.targets,
                state.names,
                state.channels,
                state.effectiveSamples,
                PidDefinition.MMI);
    }

    /**
     * The multiplications and additions that a core does at most in compiled loops: {@value
     * Peak#LENGTH} times 16, a multiple of each of eight rows added to one. What decompositions are
     * compared with.
     */
    @Benchmark
    public double[] peak(Peak state) {
        double[][] r = state.rows;
        double[] f = state.factors;
        addEight(r[8], r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], f);
        return r[8];
    }

    private static void addEight(
            double[] sum,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double[] e,
            double[] f,
            double[] g,
            double[] h,
            double[] by) {
        double byA = by[0];
        double byB = by[1];
        double byC = by[2];
        double byD = by[3];
        double byE = by[4];
        double byF = by[5];
        double byG = by[6];
        double byH = by[7];
        for (int i = 0; i < sum.length; i++) {
            sum[i] =
                    sum[i]
                            + (byA * a[i] + byB * b[i])
                            + (byC * c[i] + byD * d[i])
                            + (byE * e[i] + byF * f[i])
                            + (byG * g[i] + byH * h[i]);
        }
    }

    @Benchmark
    public TargetQuantiles addTarget(Ranking state) {
        state.quantiles.add(state.targets[state.next++ & 4095]);
        return state.quantiles;
    }

    @Benchmark
    public double normalScore(Ranking state) {
        return state.score.apply(state.targets[state.next++ & 4095]);
    }

    @Benchmark
    public NormalScore snapshot(Ranking state) {
        return state.quantiles.snapshot();
    }
}
