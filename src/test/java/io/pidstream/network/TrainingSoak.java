package io.pidstream.network;

import io.pidstream.version.EpochReport;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Trains for many steps with inference on another thread beside it and prints the memory of the
 * process as it goes: it must not grow. Runs by name only; Linux.
 *
 * <pre>{@code
 * java -Xmx256m -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     io.pidstream.network.TrainingSoak 10000
 * }</pre>
 */
final class TrainingSoak {
    private static final int STEPS_AN_EPOCH = 10;
    private static final int POINTS = 20;

    private TrainingSoak() {}

    /**
     * @param args number of steps; 10,000 if there is none
     */
    public static void main(String[] args) throws Exception {
        int steps = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
        int epochs = steps / STEPS_AN_EPOCH;
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 8, 2);
        TrainingSamples samples = Simulated.withGaps(Simulated.samples(2, 64 * STEPS_AN_EPOCH, 1));
        ModelArtefact served = Simulated.train(Simulated.task(shape, 1), samples, 1).artefact();
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong frames = new AtomicLong();
        Thread inference =
                new Thread(
                        () -> {
                            try (ModelEncoder encoder = new ModelEncoder(served, "cpu")) {
                                while (!done.get()) {
                                    frames.addAndGet(encoder.encode(samples).size());
                                }
                            }
                        },
                        "inference");
        inference.start();
        System.out.println("steps     frames beside  resident MiB  heap MiB");
        try {
            new Trainer(Simulated.quick(epochs, 1e-3), "cpu")
                    .train(
                            Simulated.task(shape, 2),
                            samples,
                            null,
                            report -> print(report, epochs, frames.get()),
                            () -> false);
        } finally {
            done.set(true);
            inference.join();
        }
    }

    private static void print(EpochReport report, int epochs, long frames) {
        if (report.epoch() % Math.max(1, epochs / POINTS) != 0) {
            return;
        }
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%-9d %-14d %-13d %d%n",
                report.epoch() * STEPS_AN_EPOCH,
                frames,
                residentMebibytes(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static long residentMebibytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
