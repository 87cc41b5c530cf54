package io.pidstream.process;

import io.pidstream.config.ConfigurationException;
import io.pidstream.config.PipelineConfig;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;

/**
 * The jar that is submitted to clusters. Like 'flink run', it runs in a separate class loader, so
 * that the graph consists of the jar's classes and not of the submitting program's.
 *
 * @param file the jar
 */
public record JobJar(Path file) {
    private static final String REMOTE = "remote";

    /**
     * The configuration of the cluster's client: that of {@code FLINK_CONF_DIR}, overridden by the
     * pipeline's configuration.
     *
     * @throws ConfigurationException if neither names a cluster
     */
    public static Configuration client(PipelineConfig config) {
        Configuration flink = new Configuration();
        if (System.getenv("FLINK_CONF_DIR") != null) {
            flink.addAll(GlobalConfiguration.loadConfiguration());
        }
        config.flink().forEach(flink::setString);
        if (!flink.contains(DeploymentOptions.TARGET)) {
            flink.set(DeploymentOptions.TARGET, REMOTE);
        }
        if (isRemote(flink)
                && !flink.contains(RestOptions.ADDRESS)
                && !flink.contains(JobManagerOptions.ADDRESS)) {
            throw new ConfigurationException(
                    List.of(
                            "flink.rest.address: expected the host of a Flink cluster's REST"
                                    + " endpoint, here or by FLINK_CONF_DIR (or --local)"));
        }
        return flink;
    }

    /** Whether a configuration names a cluster that is reached by its REST endpoint. */
    public static boolean isRemote(Configuration flink) {
        return REMOTE.equals(flink.get(DeploymentOptions.TARGET));
    }

    /**
     * Runs the jar's program, which submits the job.
     *
     * @param flink see {@link #client}
     * @param entryPoint class whose {@code main} defines the job
     * @param arguments of it
     */
    public void run(Configuration flink, String entryPoint, List<String> arguments)
            throws Exception {
        if (!flink.contains(PipelineOptions.JARS)) {
            flink.set(PipelineOptions.JARS, List.of(file.toUri().toString()));
        }
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(file.toFile())
                        .setEntryPointClassName(entryPoint)
                        .setArguments(arguments.toArray(String[]::new))
                        .setConfiguration(flink)
                        .build()) {
            ClientUtils.executeProgram(
                    new DefaultExecutorServiceLoader(), flink, program, false, true);
        }
    }
}
