package io.pidstream.trees;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.Booster;

/**
 * Where trees are grown. With {@code auto} on the CPU: a fit takes less than a second there.
 *
 * @param text cpu, or gpu:N
 * @param parameter the library's name of it
 */
record BoostingDevice(String text, String parameter) {
    private static final String GPU = "gpu:";
    private static final String LIBRARY = "/lib/linux/x86_64/libxgboost4j.so";

    /** A message of the library in builds without CUDA. */
    private static final byte[] WITHOUT_CUDA =
            "not compiled with GPU support".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param wanted auto, cpu, or gpu:N
     * @throws IllegalArgumentException if the library cannot grow trees there
     */
    static BoostingDevice of(String wanted) {
        if (!wanted.startsWith(GPU)) {
            return new BoostingDevice("cpu", "cpu");
        }
        if (!hasCuda()) {
            throw new IllegalArgumentException(
                    "encoder.device: %s: trees cannot be grown there, as this XGBoost has no CUDA; the one in xgboost4j-spark-gpu_2.12 has"
                            .formatted(wanted));
        }
        return new BoostingDevice(wanted, "cuda:" + wanted.substring(GPU.length()));
    }

    /**
     * Looks into the library's file: asked for a GPU, a library without CUDA computes on the CPU
     * with a warning, or ends the process.
     */
    private static boolean hasCuda() {
        try (InputStream in = Booster.class.getResourceAsStream(LIBRARY)) {
            return in != null && !contains(in.readAllBytes(), WITHOUT_CUDA);
        } catch (IOException e) {
            throw new IllegalStateException("the library of trees cannot be read", e);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int matching = 0;
            while (matching < wanted.length && bytes[i + matching] == wanted[matching]) {
                matching++;
            }
            if (matching == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
