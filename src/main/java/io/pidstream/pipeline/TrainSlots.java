package io.pidstream.pipeline;

import io.pidstream.train.FineTuneOperator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The slots of the train job: one that trains, and one that reads and writes.
 *
 * <p>If Flink's configuration lists the external resource {@code gpu}, and the device may be a GPU,
 * the first slot requests one GPU. Both slots then declare their resources: without a declaration
 * Flink assumes an equal share of the TaskManager, GPUs included, and the job would never start.
 *
 * @param trainer of the operator that trains
 * @param rest of everything else
 */
record TrainSlots(SlotSharingGroup trainer, SlotSharingGroup rest) {
    private static final String TRAINER = "trainer";
    private static final String REST = "train-endpoints";
    private static final int TRAINER_HEAP_MB = 256;
    private static final int REST_HEAP_MB = 128;

    static TrainSlots of(String device, ReadableConfig flink) {
        List<String> resources =
                Optional.ofNullable(flink.get(ExternalResourceOptions.EXTERNAL_RESOURCE_LIST))
                        .orElse(List.of());
        if (device.equals("cpu") || !resources.contains(FineTuneOperator.GPU)) {
            return new TrainSlots(
                    SlotSharingGroup.newBuilder(TRAINER).build(),
                    SlotSharingGroup.newBuilder(REST).build());
        }
        return new TrainSlots(
                SlotSharingGroup.newBuilder(TRAINER)
                        .setCpuCores(1)
                        .setTaskHeapMemoryMB(TRAINER_HEAP_MB)
                        .setExternalResource(FineTuneOperator.GPU, 1)
                        .build(),
                SlotSharingGroup.newBuilder(REST)
                        .setCpuCores(0.5)
                        .setTaskHeapMemoryMB(REST_HEAP_MB)
                        .build());
    }
}
