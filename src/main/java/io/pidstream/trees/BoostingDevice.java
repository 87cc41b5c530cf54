package io.pidstream.trees;

import ml.dmlc.xgboost4j.java.XGBoostJNI;

/**
 * Where trees are grown. With {@code auto} on the CPU: a fit takes less than a second there.
 *
 * @param text cpu, or gpu:N
 * @param parameter the library's name of it
 */
record BoostingDevice(String text, String parameter) {
    private static final String GPU = "gpu:";

    /**
     * @param wanted auto, cpu, or gpu:N
     * @throws IllegalArgumentException if there is no such device
     */
    static BoostingDevice of(String wanted) {
        if (!wanted.startsWith(GPU)) {
            return new BoostingDevice("cpu", "cpu");
        }
        int number = Integer.parseInt(wanted.substring(GPU.length()));
        if (XGBoostJNI.CudaSetDevice(number) != 0) {
            throw new IllegalArgumentException(
                    "encoder.device: %s: trees cannot be grown there; XGBoost4J for the CPU has no CUDA, its build for GPUs is xgboost4j-gpu_2.12"
                            .formatted(wanted));
        }
        return new BoostingDevice(wanted, "cuda:" + number);
    }
}
