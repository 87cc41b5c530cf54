package io.pidstream.benchmark;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.encode.EncodeHarness;
import io.pidstream.encode.EncodeSettings;
import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.join.LearningOrder;
import io.pidstream.join.Observation;
import io.pidstream.network.EncoderType;
import io.pidstream.network.ModelEncoder;
import io.pidstream.network.Trainer;
import io.pidstream.pid.ModalitySet;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Frames that one thread encodes in a second, in micro-batches of 64: two modalities of six
 * channels, latent 8, hidden layers 256 and 128. Runs by name only, as {@link MathsBenchmark} does.
 *
 * <p>{@code encode} is the network alone, its latents, predictions and every modality's share;
 * {@code serve} is the serve job's operator, by one active version, with a watermark after every
 * batch.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class EncoderBenchmark {
    private static final int BATCH = 64;
    private static final int CHANNELS = 6;

    /** Type of the encoders. */
    @Param({"PIDREG", "PIECEWISE"})
    public EncoderType type;

    private ModelEncoder encoder;
    private double[][][] channels;
    private boolean[][] present;

    private Path parameters;
    private KeyedTwoInputStreamOperatorTestHarness<String, Observation, ModelVersion, Observation>
            serving;
    private long time;

    /** Runs the benchmarks of this class, with the options of JMH's command line. */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.parent(new CommandLineOptions(args));
        options.include(EncoderBenchmark.class.getName());
        new Runner(options.build()).run();
    }

    /** Trains a version for one epoch; what it has learned does not matter here. */
    @Setup
    public void open() throws Exception {
        Random random = new Random(1);
        TrainingSamples samples = new TrainingSamples();
        channels = new double[BATCH][2][];
        present = new boolean[BATCH][2];
        for (int i = 0; i < 500; i++) {
            double[][] x = {random.doubles(CHANNELS).toArray(), random.doubles(CHANNELS).toArray()};
            boolean[] all = {true, true};
            samples.add(x, all, new double[] {x[0][0] * x[1][0]}, i);
            channels[i % BATCH] = x;
            present[i % BATCH] = all;
        }
        List<String> names = IntStream.range(0, CHANNELS).mapToObj(c -> "c" + c).toList();
        ModelShape shape =
                new ModelShape(
                        type.text(),
                        List.of(new ModalityShape("a", names, 8), new ModalityShape("b", names, 8)),
                        List.of("y"),
                        Arrays.asList(256, 128),
                        1);
        TrainingSettings defaults = VersionKinds.of(type.text()).defaults(type.text());
        TrainingSettings settings =
                new TrainingSettings(
                        1,
                        defaults.batchSize(),
                        defaults.learningRate(),
                        0,
                        false,
                        1,
                        0,
                        0,
                        0,
                        false,
                        0,
                        true,
                        defaults.pieces());
        ModelArtefact artefact =
                new Trainer(settings, "cpu")
                        .train(
                                new TrainingTask(shape, "benchmark", 1, null, null),
                                samples,
                                null,
                                report -> {},
                                () -> false)
                        .artefact();
        encoder = new ModelEncoder(artefact, "cpu");
        serve(artefact, names);
    }

    private void serve(ModelArtefact artefact, List<String> names) throws Exception {
        parameters = Files.write(Files.createTempFile("encoder", null), artefact.parameters());
        ModelVersion active =
                ModelRecords.toRecord(
                        artefact,
                        1,
                        ModelState.ACTIVE,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        parameters.toUri().toString(),
                        "benchmark");
        Modalities modalities =
                new Modalities(List.of(new Modality("a", names), new Modality("b", names)));
        serving =
                EncodeHarness.of(
                        new EncodeSettings(
                                BATCH,
                                new EncodableModalities(modalities, null),
                                new LearningOrder(1, 0, 1),
                                List.of("y"),
                                "cpu",
                                "versions",
                                List.of(active)));
        serving.open();
    }

    /** Gives the memory back. */
    @TearDown
    public void close() throws Exception {
        encoder.close();
        serving.close();
        Files.delete(parameters);
    }

    /** Latents and predictions of one micro-batch; counted in frames. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public EncodedBatch encode() {
        return encoder.encode(channels, present);
    }

    /** One micro-batch of the serve job; counted in frames. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int serve() throws Exception {
        serving.getOutput().clear();
        for (int i = 0; i < BATCH; i++) {
            time++;
            double[] values = new double[2 * CHANNELS];
            System.arraycopy(channels[i][0], 0, values, 0, CHANNELS);
            System.arraycopy(channels[i][1], 0, values, CHANNELS, CHANNELS);
            Frame frame = new Frame("x", time, time, new ModalitySet(3), values);
            serving.processElement1(EncodeHarness.observation(frame), time);
        }
        serving.processWatermark1(new Watermark(time));
        return serving.getOutput().size();
    }
}
