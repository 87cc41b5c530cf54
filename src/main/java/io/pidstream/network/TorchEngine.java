package io.pidstream.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/**
 * The engine that runs networks (PyTorch). It never downloads anything, and uses one thread per
 * caller unless changed by the properties {@code ai.djl.pytorch.num_threads} and {@code
 * ai.djl.pytorch.num_interop_threads}.
 */
final class TorchEngine {
    private static final String NAME = "PyTorch";

    /** In the jar of the native library. */
    private static final String LIBRARY = "/native/lib/pytorch.properties";

    private TorchEngine() {}

    /**
     * The engine, started on first use, which takes seconds.
     *
     * @throws IllegalStateException if its native library cannot be loaded; the message says what
     *     to do
     */
    static Engine get() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.pytorch.num_threads", "1");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
        requireLibrary();
        try {
            return Engine.getEngine(NAME);
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "PyTorch cannot be started: "
                            + e.getMessage()
                            + ". On a Flink cluster, put DJL's jars into lib/ on each machine, not"
                            + " into the job's jar",
                    e);
        }
    }

    /** DJL would look for a download, and say that it is offline. */
    private static void requireLibrary() {
        boolean elsewhere =
                System.getenv("PYTORCH_LIBRARY_PATH") != null
                        || System.getProperty("PYTORCH_LIBRARY_PATH") != null;
        if (!elsewhere && TorchEngine.class.getResource(LIBRARY) == null) {
            throw new IllegalStateException(
                    "networks need PyTorch's native library, which is not here: unpack"
                            + " pidstream-<version>-pytorch.tar.gz over this installation, or use"
                            + " encoder.type: trees, which does not need it");
        }
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /**
     * @param wanted auto, cpu or gpu:N
     * @throws IllegalArgumentException if it is none of these, or there is no such GPU
     */
    static Device device(String wanted) {
        Engine engine = get();
        int gpus = engine.getGpuCount();
        if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
            return Device.cpu();
        }
        if (wanted.equals("auto")) {
            return Device.gpu(0);
        }
        if (!wanted.matches("gpu:[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "encoder.device: " + wanted + ": expected auto, cpu, or gpu:N");
        }
        int index = Integer.parseInt(wanted.substring("gpu:".length()));
        if (index >= gpus) {
            throw new IllegalArgumentException(
                    "encoder.device: %s: expected a GPU visible to PyTorch %s, which sees %d; set PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR for a library with CUDA"
                            .formatted(wanted, engine.getVersion(), gpus));
        }
        return Device.gpu(index);
    }
}
