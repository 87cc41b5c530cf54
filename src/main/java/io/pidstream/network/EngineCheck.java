package io.pidstream.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Properties of the started engine, for a log line at startup that says where networks run.
 *
 * @param engine its name
 * @param version version of its library
 * @param device cpu, or gpu:N
 * @param gpus number of visible GPUs
 * @param threads threads per operation
 */
public record EngineCheck(String engine, String version, String device, int gpus, String threads) {
    /**
     * Starts the engine and multiplies two numbers on the device.
     *
     * @param wanted auto, cpu or gpu:N
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if the engine cannot be started or cannot compute there
     */
    public static EngineCheck run(String wanted) {
        Engine engine = TorchEngine.get();
        Device device = TorchEngine.device(wanted);
        try (NDManager manager = engine.newBaseManager(device)) {
            NDArray product = manager.create(new float[] {3}).mul(2);
            float value = product.toFloatArray()[0];
            if (value != 6) {
                throw new IllegalStateException("3 · 2 on " + device + " is " + value);
            }
        }
        return new EngineCheck(
                engine.getEngineName(),
                engine.getVersion(),
                text(device),
                engine.getGpuCount(),
                System.getProperty("ai.djl.pytorch.num_threads"));
    }

    private static String text(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    }

    @Override
    public String toString() {
        return "%s %s on %s (%d GPUs seen, %s threads)"
                .formatted(engine, version, device, gpus, threads);
    }
}
