package io.pidstream.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;

/**
 * Says that there are GPUs, as Flink's own driver does where there are some; its jar has a parent
 * that is not to be had from Maven Central.
 */
public final class PretendedGpu implements ExternalResourceDriverFactory {
    /** Options of a TaskManager that is to have one. */
    static final List<String> OPTIONS =
            List.of(
                    "-Dexternal-resources=gpu",
                    "-Dexternal-resource.gpu.driver-factory.class=" + PretendedGpu.class.getName(),
                    "-Dexternal-resource.gpu.amount=1");

    /**
     * Puts this class, and nothing else of the tests, into a plugin; drivers are found nowhere
     * else.
     */
    static void writeTo(Path plugins) throws IOException {
        Path directory = Files.createDirectories(plugins.resolve("pretended-gpu"));
        try (JarOutputStream jar =
                new JarOutputStream(
                        Files.newOutputStream(directory.resolve("pretended-gpu.jar")))) {
            for (Class<?> type : List.of(PretendedGpu.class, Gpus.class, Gpu.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream code =
                        PretendedGpu.class.getClassLoader().getResourceAsStream(name)) {
                    code.transferTo(jar);
                }
            }
            jar.putNextEntry(
                    new JarEntry(
                            "META-INF/services/" + ExternalResourceDriverFactory.class.getName()));
            jar.write(PretendedGpu.class.getName().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public ExternalResourceDriver createExternalResourceDriver(Configuration config) {
        return new Gpus();
    }

    private static final class Gpus implements ExternalResourceDriver {
        @Override
        public Set<? extends ExternalResourceInfo> retrieveResourceInfo(long amount) {
            return Set.of(new Gpu());
        }
    }

    private static final class Gpu implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of("0") : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }
}
