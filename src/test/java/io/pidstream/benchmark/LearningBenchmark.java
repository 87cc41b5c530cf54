package io.pidstream.benchmark;

import io.pidstream.forecast.AssetLearner;
import io.pidstream.forecast.FleetForecast;
import io.pidstream.forecast.FleetLearner;
import io.pidstream.forecast.Forecast;
import io.pidstream.forecast.ForecastByChannel;
import io.pidstream.forecast.LabelledFeatures;
import io.pidstream.forecast.LearnerSettings;
import io.pidstream.forecast.RollingExplanation;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.Moments;
import io.pidstream.tables.FrameInputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
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
 * What the learners cost per frame and per label, one thread: two modalities of eight latents, so
 * 17 numbers with the target, at the five default half-lives. Runs by name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) io.pidstream.benchmark.LearningBenchmark
 * }</pre>
 *
 * JMH's own options and a pattern of benchmark names may follow.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LearningBenchmark {
    private static final int SIZE = 8;
    private static final int LATENTS = 2 * SIZE;
    private static final ModalitySet COMPLETE = ModalitySet.all(2);
    private static final int ASSETS = 1000;
    private static final int FRAMES = 1024;
    private static final long PERIOD = 60_000;

    private static final LearnerSettings SETTINGS =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(channels("a"), channels("b")),
                    Duration.ofMillis(PERIOD),
                    List.of(
                            Duration.ofMillis(30 * PERIOD),
                            Duration.ofMillis(100 * PERIOD),
                            Duration.ofMillis(300 * PERIOD),
                            Duration.ofMillis(1000 * PERIOD),
                            Duration.ofMillis(5000 * PERIOD)),
                    Duration.ofMillis(1000 * PERIOD),
                    200,
                    0.9,
                    PidDefinition.MMI);

    private static List<String> channels(String modality) {
        List<String> channels = new ArrayList<>();
        for (int c = 1; c <= SIZE; c++) {
            channels.add(modality + c);
        }
        return channels;
    }

    /** Runs the benchmarks of this class, with the options of JMH's command line. */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        CommandLineOptions given = new CommandLineOptions(args);
        options.parent(given);
        if (given.getIncludes().isEmpty()) {
            options.include(LearningBenchmark.class.getName());
        }
        new Runner(options.build()).run();
    }

    /** Frames and their targets, used in turn. */
    private static final class Frames {
        private final double[][] latents = new double[FRAMES][LATENTS];
        private final double[] targets = new double[FRAMES];

        Frames() {
            Random random = new Random(1);
            for (int f = 0; f < FRAMES; f++) {
                double common = random.nextGaussian();
                targets[f] = common + 0.3 * random.nextGaussian();
                for (int i = 0; i < LATENTS; i++) {
                    latents[f][i] = common + 2 * random.nextGaussian();
                }
            }
        }

        double[] latents(long n) {
            return latents[(int) (n % FRAMES)];
        }

        double target(long n) {
            return targets[(int) (n % FRAMES)];
        }

        List<LabelledFeatures> instant(long n) {
            List<LabelledFeatures> labels = new ArrayList<>(ASSETS);
            for (int a = 0; a < ASSETS; a++) {
                String asset = String.format("asset-%04d", a);
                labels.add(
                        new LabelledFeatures(
                                asset,
                                n * PERIOD,
                                COMPLETE,
                                latents(n + a),
                                new double[] {target(n + a)}));
            }
            return labels;
        }
    }

    /** An asset, and the fleet it belongs to, that have learned a few blocks of labels. */
    @State(Scope.Thread)
    public static class Asset {
        private final Frames frames = new Frames();
        private final AssetLearner learner = new AssetLearner(SETTINGS, true);
        private final FleetLearner fleet = new FleetLearner(SETTINGS, true);
        private List<FleetForecast> ofFleet;
        private List<Forecast> forecast;
        private long next;

        @Setup
        public void warm() {
            for (int i = 0; i < 3; i++) {
                fleet.learn(frames.instant(i));
            }
            ofFleet = fleet.predict(0, COMPLETE, new FrameInputs(frames.latents(0)), true);
            for (int i = 0; i < FRAMES; i++) {
                predict();
                learn();
            }
            predict();
        }

        private List<Forecast> predict() {
            double[] latents = frames.latents(next);
            forecast =
                    learner.predictByChannel(next * PERIOD, COMPLETE, latents, ofFleet).stream()
                            .map(ForecastByChannel::forecast)
                            .toList();
            return forecast;
        }

        private RollingExplanation learn() {
            double[] latents = frames.latents(next);
            learner.learn(
                    next * PERIOD, COMPLETE, latents, new double[] {frames.target(next)}, forecast);
            next++;
            return learner.explanation();
        }
    }

    /** A fleet of a thousand assets that have one frame each at every instant. */
    @State(Scope.Thread)
    public static class Fleet {
        private final FleetLearner learner = new FleetLearner(SETTINGS, true);
        private final List<List<LabelledFeatures>> instants = new ArrayList<>();
        private long next;

        @Setup
        public void warm() {
            Frames frames = new Frames();
            for (int i = 0; i < 64; i++) {
                instants.add(frames.instant(i));
            }
            for (int i = 0; i < 3; i++) {
                learner.learn(next());
            }
        }

        /** Event time advances, whatever the frames are. */
        private List<LabelledFeatures> next() {
            long time = next * PERIOD;
            List<LabelledFeatures> labels = instants.get((int) (next % instants.size()));
            next++;
            return labels.stream()
                    .map(
                            l ->
                                    new LabelledFeatures(
                                            l.asset(), time, l.present(), l.inputs(), l.target()))
                    .toList();
        }
    }

    /** A sampled covariance of target and latents. */
    @State(Scope.Thread)
    public static class Explaining {
        private final List<String> names = SETTINGS.modalities();
        private final int[] sizes = {SIZE, SIZE};
        private double[] covariance;
        private double effectiveSamples;

        @Setup
        public void fill() {
            Frames frames = new Frames();
            Moments moments = new Moments(1 + LATENTS, 1000 * PERIOD);
            for (int f = 0; f < FRAMES; f++) {
                double[] joint = new double[1 + LATENTS];
                joint[0] = frames.target(f);
                System.arraycopy(frames.latents(f), 0, joint, 1, LATENTS);
                moments.add(joint, f * PERIOD);
            }
            covariance = moments.covariance();
            effectiveSamples = moments.effectiveSamples();
        }
    }

    /**
     * A frame whose label comes before the next frame: prediction, score, learning, explanation.
     */
    @Benchmark
    public RollingExplanation predictThenLearn(Asset asset) {
        asset.predict();
        return asset.learn();
    }

    /** A frame when no label has come since the last: the coefficients are known. */
    @Benchmark
    public List<Forecast> predictAgain(Asset asset) {
        return asset.predict();
    }

    /**
     * A label alone; a tenth of a block renews the explanation. What the label leaves to the next
     * frame, solving the coefficients anew, is the rest of {@link #predictThenLearn}.
     */
    @Benchmark
    public RollingExplanation learn(Asset asset) {
        return asset.learn();
    }

    /** A frame of one asset and its label, at the fleet. */
    @Benchmark
    @OperationsPerInvocation(ASSETS)
    public List<FleetForecast> fleetPredictThenLearn(Fleet fleet) {
        List<LabelledFeatures> labels = fleet.next();
        List<FleetForecast> last = null;
        for (LabelledFeatures label : labels) {
            last = fleet.learner.predict(label.time(), label.present(), label.of(), true);
        }
        fleet.learner.learn(labels);
        return last;
    }

    /** The decomposition of two modalities alone. */
    @Benchmark
    public Decomposition decompose(Explaining state) {
        return GaussianPid.decompose(
                state.covariance,
                state.names,
                state.sizes,
                state.effectiveSamples,
                PidDefinition.MMI);
    }
}
