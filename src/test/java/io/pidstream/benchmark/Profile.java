package io.pidstream.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor time of Java code goes: counts of sampled stacks.
 *
 * <p>Threads that wait, for the network or for each other, are not sampled, nor is what the JVM
 * itself does: the compiler and the collector.
 *
 * @param samples number of samples
 * @param serial samples of Flink's tasks that have one subtask, whatever the parallelism
 * @param rooms samples by {@link Rooms room}
 * @param threads samples by kind of thread; a Flink thread is named for the operators it runs
 * @param methods samples by the method at the top of the stack
 * @param own samples by the two innermost methods of pidstream in different classes: what it did,
 *     or had others do, and for whom
 */
record Profile(
        long samples,
        long serial,
        Map<String, Long> rooms,
        Map<String, Long> threads,
        Map<String, Long> methods,
        Map<String, Long> own) {
    private static final String PIDSTREAM = "io.pidstream.";

    /** Ends the name of a lambda's class, but for a number that differs from run to run. */
    private static final String LAMBDA = "$$Lambda";

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);

    /** A count and its share of all. */
    record Share(String name, long samples, double share) {}

    /** Samples all threads of this JVM while {@code work} is done. */
    static <T> Profiled<T> of(Callable<T> work) throws Exception {
        Path file = Files.createTempFile("pidstream-benchmark", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(PERIOD);
            recording.start();
            T result = work.call();
            recording.stop();
            recording.dump(file);
            return new Profiled<>(result, read(file));
        } finally {
            Files.delete(file);
        }
    }

    /** What the work gave, and its profile. */
    record Profiled<T>(T result, Profile profile) {}

    private static Profile read(Path file) throws IOException {
        Profile profile =
                new Profile(
                        0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        long samples = 0;
        long serial = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null) {
                    samples++;
                    serial += isSerial(event) ? 1 : 0;
                    profile.add(event);
                }
            }
        }
        return new Profile(
                samples, serial, profile.rooms, profile.threads, profile.methods, profile.own);
    }

    /** Flink names a task's thread for its operators, its subtask and its parallelism. */
    private static boolean isSerial(RecordedEvent sample) {
        String thread = sample.getThread("sampledThread").getJavaName();
        return thread != null && thread.contains(" (1/1)#");
    }

    /** The share of tasks of one subtask. */
    double serialShare() {
        return (double) serial / samples;
    }

    private void add(RecordedEvent sample) {
        List<RecordedFrame> frames = sample.getStackTrace().getFrames();
        RecordedFrame top = frames.get(0);
        rooms.merge(Rooms.of(frames), 1L, Long::sum);
        threads.merge(kind(sample.getThread("sampledThread").getJavaName()), 1L, Long::sum);
        methods.merge(type(top) + "." + top.getMethod().getName(), 1L, Long::sum);
        own.merge(own(frames), 1L, Long::sum);
    }

    private static String own(List<RecordedFrame> frames) {
        String innermost = null;
        String found = "(none)";
        for (RecordedFrame frame : frames) {
            String type = type(frame);
            if (!type.startsWith(PIDSTREAM) || type.endsWith(LAMBDA) || type.equals(innermost)) {
                continue;
            }
            String method = type.substring(PIDSTREAM.length()) + "." + frame.getMethod().getName();
            if (innermost != null) {
                return found + " for " + method;
            }
            innermost = type;
            found = method;
        }
        return found;
    }

    private static String type(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        int lambda = type.indexOf(LAMBDA);
        return lambda < 0 ? type : type.substring(0, lambda) + LAMBDA;
    }

    /** The name without what tells one thread of a kind from another. */
    private static String kind(String thread) {
        if (thread == null) {
            return "(ended)";
        }
        return thread.startsWith("kafka-producer")
                ? "kafka-producer-network-thread"
                : thread.replaceAll(" \\(\\d+/\\d+\\)#\\d+.*$", "").replaceAll("\\d+", "N");
    }

    /** The largest, largest first; of the same size, by name. */
    List<Share> largest(Map<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(e -> new Share(e.getKey(), e.getValue(), (double) e.getValue() / samples))
                .collect(Collectors.toList());
    }
}
