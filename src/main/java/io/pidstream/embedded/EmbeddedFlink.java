package io.pidstream.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster with its dashboard in this JVM, reachable from this machine only. Jobs use the
 * class path of this JVM.
 */
public final class EmbeddedFlink implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int SLOTS = 4;

    /** A TaskManager in the same process can be slow on a crowded machine, but not lost. */
    private static final Duration NEVER_LOST = Duration.ofDays(1);

    private static final Duration SLOW_ANSWER = Duration.ofMinutes(10);

    private final MiniCluster cluster;
    private final URI dashboard;

    private EmbeddedFlink(MiniCluster cluster, URI dashboard) {
        this.cluster = cluster;
        this.dashboard = dashboard;
    }

    /**
     * Starts a cluster of one TaskManager.
     *
     * @param options Flink's configuration; overrides the defaults here: a free port, {@value
     *     #SLOTS} slots, 64 MiB each of network and managed memory
     */
    public static EmbeddedFlink start(Map<String, String> options) throws Exception {
        Configuration configuration = defaults();
        configuration.addAll(Configuration.fromMap(options));
        int slots = configuration.get(TaskManagerOptions.NUM_TASK_SLOTS);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        try {
            cluster.start();
            return new EmbeddedFlink(cluster, cluster.getRestAddress().get());
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    private static Configuration defaults() {
        Configuration configuration = new Configuration();
        patient(configuration);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        return configuration;
    }

    /** Settings of a cluster that runs in one process: nothing in it is given up as lost. */
    public static void patient(Configuration configuration) {
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, NEVER_LOST);
        configuration.set(RpcOptions.ASK_TIMEOUT_DURATION, SLOW_ANSWER);
    }

    /** Address of Flink's dashboard. */
    public URI dashboard() {
        return dashboard;
    }

    /** An environment whose jobs run on this cluster; several jobs may run concurrently. */
    public StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                dashboard.getHost(), dashboard.getPort(), configuration);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
