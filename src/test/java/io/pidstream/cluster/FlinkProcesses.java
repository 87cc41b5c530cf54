package io.pidstream.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink cluster of processes with {@code deploy/standalone/config.yaml}, and with what a Flink
 * distribution has in {@code lib/} and nothing else on its class path. Closing it ends every
 * process that it started, and so does the end of this JVM.
 */
final class FlinkProcesses implements AutoCloseable {
    private static final Path CONFIG = Path.of("deploy/standalone");
    private static final String HOST = "127.0.0.1";

    /** Jars of this test's class path that Flink's own artifacts ask for at run time. */
    private static final Pattern LIB =
            Pattern.compile(
                    "flink-(?!connector-kafka|test-utils|kubernetes-operator)(?!.*-tests\\.jar).*"
                        + "|(async-profiler|commons-(cli|collections|compress|io|lang3|math3|text)"
                        + "|frocksdbjni|javassist|jsr305|kryo|log4j-(api|core|slf4j2-impl)"
                        + "|lz4-java|minlog|objenesis|reflectasm|RoaringBitmap|slf4j-api"
                        + "|snakeyaml-engine|snappy-java)-\\d.*");

    /** What networks need, as the manual says: one class loader of a process only may load it. */
    private static final Pattern NETWORKS =
            Pattern.compile("(api-0\\.|pytorch-|gson-|jna-|commons-codec-).*");

    /**
     * What a cluster of this test has.
     *
     * @param taskManagers number at the start
     * @param slots of each
     * @param memory of each process
     * @param networks whether DJL's jars are in {@code lib/}
     */
    record Layout(int taskManagers, int slots, String memory, boolean networks) {}

    private final Path directory;
    private final Configuration config;
    private final Layout layout;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final List<Process> taskManagers = new ArrayList<>();

    private FlinkProcesses(Path directory, Configuration config, Layout layout) {
        this.directory = directory;
        this.config = config;
        this.layout = layout;
    }

    /**
     * Starts a JobManager and TaskManagers; returns before they are up.
     *
     * @param directory for logs, configuration, checkpoints and savepoints
     */
    static FlinkProcesses start(Path directory, Layout layout) throws IOException {
        Configuration config = GlobalConfiguration.loadConfiguration(CONFIG.toString());
        config.addAll(Configuration.fromMap(ofThisTest(directory, layout)));
        FlinkProcesses cluster = new FlinkProcesses(directory, config, layout);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        try {
            cluster.writeFiles();
            cluster.startJobManager();
            for (int i = 0; i < layout.taskManagers(); i++) {
                cluster.startTaskManager();
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static Map<String, String> ofThisTest(Path directory, Layout layout)
            throws IOException {
        Map<String, String> options = new TreeMap<>();
        options.put("jobmanager.rpc.address", HOST);
        options.put("rest.address", HOST);
        options.put("rest.bind-address", HOST);
        try (ServerSocket rpc = new ServerSocket(0, 1, InetAddress.getByName(HOST));
                ServerSocket rest = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            options.put("jobmanager.rpc.port", Integer.toString(rpc.getLocalPort()));
            options.put("rest.port", Integer.toString(rest.getLocalPort()));
            options.put("rest.bind-port", Integer.toString(rest.getLocalPort()));
        }
        options.put("jobmanager.bind-host", HOST);
        options.put("taskmanager.bind-host", HOST);
        options.put("taskmanager.host", HOST);
        options.put("execution.checkpointing.dir", directory.resolve("checkpoints").toUri() + "");
        options.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri() + "");
        options.put("jobmanager.memory.process.size", "900m");
        options.put("taskmanager.memory.process.size", layout.memory());
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(layout.slots()));
        options.put("metrics.reporter.prom.port", "0");
        return options;
    }

    private void writeFiles() throws IOException {
        Files.createDirectories(configDirectory());
        Files.write(
                configDirectory().resolve("config.yaml"),
                config.toMap().entrySet().stream()
                        .map(e -> e.getKey() + ": '" + e.getValue().replace("'", "''") + "'")
                        .toList());
        Files.writeString(
                configDirectory().resolve("log4j.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.file.ref = file
                appender.file.name = file
                appender.file.type = File
                appender.file.fileName = ${sys:log.file}
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n%ex
                logger.names.name = org.apache.flink.metrics.MetricGroup
                logger.names.level = ERROR
                """);
        Path bin = Files.createDirectories(directory.resolve("bin")).resolve("flink");
        Files.writeString(
                bin,
                """
                #!/bin/sh
                export FLINK_CONF_DIR='%s'
                exec '%s' %s -XX:TieredStopAtLevel=1 -cp '%s' org.apache.flink.client.cli.CliFrontend "$@"
                """
                        .formatted(
                                configDirectory(),
                                java(),
                                String.join(" ", javaFlags()),
                                classPath()));
        bin.toFile().setExecutable(true);
    }

    private Path configDirectory() {
        return directory.resolve("conf").toAbsolutePath();
    }

    /** As {@code FLINK_HOME}: has {@code bin/flink}. */
    Path home() {
        return directory.toAbsolutePath();
    }

    URI rest() {
        return URI.create("http://%s:%d".formatted(HOST, config.get(RestOptions.PORT)));
    }

    private void startJobManager() throws IOException {
        String memory =
                JobManagerProcessUtils.generateJvmParametersStr(
                        JobManagerProcessUtils.processSpecFromConfig(config), config);
        start("jobmanager", StandaloneSessionClusterEntrypoint.class, memory, "");
    }

    /** Starts a TaskManager; returns before it is up. */
    Process startTaskManager() throws IOException {
        return startTaskManager(List.of());
    }

    /**
     * Starts a TaskManager; returns before it is up.
     *
     * @param options of its own, such as {@code -Dkey=value}
     */
    Process startTaskManager(List<String> options) throws IOException {
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(config);
        Process started =
                start(
                        "taskmanager-" + (taskManagers.size() + 1),
                        TaskManagerRunner.class,
                        ProcessMemoryUtils.generateJvmParametersStr(memory),
                        TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)
                                + " "
                                + String.join(" ", options));
        taskManagers.add(started);
        return started;
    }

    /** What the processes have written to their logs and outputs, one after the other. */
    String logs() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(FlinkProcesses::isLog).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".log") || name.endsWith(".out") || name.endsWith(".err");
    }

    /** Those that were started and run, the oldest first. */
    List<Process> taskManagers() {
        return taskManagers.stream().filter(Process::isAlive).toList();
    }

    private Process start(String name, Class<?> main, String flags, String options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(words(flags));
        command.addAll(javaFlags());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlog.file=" + directory.resolve(name + ".log"));
        command.add(
                "-Dlog4j2.configurationFile="
                        + configDirectory().resolve("log4j.properties").toUri());
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of("--configDir", configDirectory().toString()));
        command.addAll(words(options));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(name + ".out").toFile());
        builder.environment().put("FLINK_PLUGINS_DIR", plugins().toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** The most class loaders of jobs that any running process still has after a collection. */
    long jobClassLoaders() throws IOException {
        long most = 0;
        for (Process process : processes) {
            if (process.isAlive()) {
                jcmd(process, "GC.run");
                String loaders = jcmd(process, "VM.classloader_stats");
                most =
                        Math.max(
                                most,
                                loaders.lines().filter(l -> l.contains("ChildFirst")).count());
            }
        }
        return most;
    }

    private static String jcmd(Process process, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked =
                new ProcessBuilder(jcmd, Long.toString(process.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> javaFlags() {
        return words(config.get(CoreOptions.FLINK_JVM_OPTIONS));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jars of {@code lib/}. */
    private String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(this::isInLib)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean isInLib(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return LIB.matcher(name).matches()
                || (layout.networks() && NETWORKS.matcher(name).matches());
    }

    /** Where processes that are started from now on find plugins. */
    Path plugins() {
        return home().resolve("plugins");
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
