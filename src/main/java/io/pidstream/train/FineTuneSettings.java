package io.pidstream.train;

import io.pidstream.event.EncodableModalities;
import io.pidstream.event.Modalities;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.TrainingTask;
import io.pidstream.version.VersionKinds;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Settings of fine-tuning: what is trained, on which rows, and when.
 *
 * @param modalities what versions can encode
 * @param targets names of the targets
 * @param network sizes of the network
 * @param training training parameters
 * @param seed seed of all random numbers
 * @param configurationHash hash of the configuration for which versions are trained
 * @param device auto, cpu, or gpu:N
 * @param every labelled frames between two trainings
 * @param interval wall clock between two trainings; null for no timer
 * @param recent number of newest rows kept
 * @param sample number of older rows kept
 * @param holdOut share of the rows (the newest) on which versions are compared
 * @param artefacts URI of the directory for large parameter files; null for none
 */
public record FineTuneSettings(
        EncodableModalities modalities,
        List<String> targets,
        Network network,
        TrainingSettings training,
        long seed,
        String configurationHash,
        String device,
        int every,
        Duration interval,
        int recent,
        int sample,
        double holdOut,
        String artefacts)
        implements Serializable {
    public FineTuneSettings {
        targets = List.copyOf(targets);
    }

    /**
     * @param type architecture
     * @param latent size of a modality's latent
     * @param hidden sizes of the hidden layers
     * @param members number of networks in the ensemble
     */
    public record Network(String type, int latent, List<Integer> hidden, int members)
            implements Serializable {
        public Network {
            hidden = List.copyOf(hidden);
        }
    }

    /** The modalities that versions to be trained encode. */
    Modalities encoded() {
        return VersionKinds.of(network.type()).readsPast()
                ? modalities.all()
                : modalities.sensors();
    }

    /** Of the encoded modalities, the target's own past; −1 if it is none of them. */
    int optional() {
        return encoded().count() > modalities.sensors().count()
                ? modalities.sensors().count()
                : TrainingTask.NONE;
    }

    ModelShape shape() {
        return VersionKinds.of(network.type())
                .sized(
                        new ModelShape(
                                network.type(),
                                encoded().all().stream()
                                        .map(
                                                m ->
                                                        new ModalityShape(
                                                                m.name(),
                                                                m.channels(),
                                                                network.latent()))
                                        .toList(),
                                targets,
                                network.hidden(),
                                network.members()));
    }

    ReplayBuffer.Layout buffer() {
        StringBuilder columns = new StringBuilder();
        modalities
                .sensors()
                .all()
                .forEach(m -> columns.append(m.name()).append(m.channels()).append(", "));
        return new ReplayBuffer.Layout(
                columns.append("target ").append(targets).toString(), recent, sample, seed);
    }
}
