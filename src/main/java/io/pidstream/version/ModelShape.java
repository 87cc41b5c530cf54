package io.pidstream.version;

import java.util.List;

/**
 * Everything that determines the sizes of a version's parameters.
 *
 * @param type architecture, which determines the {@linkplain VersionKinds kind} of version
 * @param modalities 2 to 6 modalities, all with a latent of the same size
 * @param targets names of the targets, at least one
 * @param hidden sizes of the hidden layers of every encoder and of the head, at least one
 * @param members number of networks in the ensemble, which share only their input. Each has its own
 *     part of the latent; the prediction is the mean of theirs
 */
public record ModelShape(
        String type,
        List<ModalityShape> modalities,
        List<String> targets,
        List<Integer> hidden,
        int members) {
    private static final int MOST_MODALITIES = 6;
    private static final int LARGEST = 1 << 16;

    public ModelShape {
        modalities = List.copyOf(modalities);
        targets = List.copyOf(targets);
        hidden = List.copyOf(hidden);
        if (modalities.size() < 2 || modalities.size() > MOST_MODALITIES) {
            throw new IllegalArgumentException(
                    "there are " + modalities.size() + " modalities, must be 2 to 6");
        }
        int latent = modalities.get(0).latent();
        if (modalities.stream().anyMatch(m -> m.latent() != latent)) {
            throw new IllegalArgumentException("latents differ in size: " + modalities);
        }
        if (targets.isEmpty() || hidden.isEmpty()) {
            throw new IllegalArgumentException("targets are " + targets + ", hidden " + hidden);
        }
        if (hidden.stream().anyMatch(h -> h < 1 || h > LARGEST)) {
            throw new IllegalArgumentException("hidden layers are " + hidden);
        }
        if (members < 1 || latent % members != 0) {
            throw new IllegalArgumentException(
                    members + " members cannot divide a latent of " + latent);
        }
    }

    /** Number of modalities K. */
    public int count() {
        return modalities.size();
    }

    /** Size of a modality's latent d. */
    public int latent() {
        return modalities.get(0).latent();
    }

    /** Size of a member's part of a latent. */
    public int memberLatent() {
        return latent() / members;
    }

    /** Names of the modalities. */
    public List<String> names() {
        return modalities.stream().map(ModalityShape::name).toList();
    }

    /** Number of channels of a modality. */
    public int channels(int modality) {
        return modalities.get(modality).channels().size();
    }

    /**
     * @throws ModelRefusedException naming the difference from the configuration
     */
    public void requireFits(List<ModalityShape> configured, List<String> configuredTargets) {
        if (!names().equals(configured.stream().map(ModalityShape::name).toList())) {
            throw new ModelRefusedException(
                    "the modalities are %s; the configuration has %s"
                            .formatted(
                                    names(),
                                    configured.stream().map(ModalityShape::name).toList()));
        }
        for (int m = 0; m < count(); m++) {
            ModalityShape mine = modalities.get(m);
            if (!mine.channels().equals(configured.get(m).channels())) {
                throw new ModelRefusedException(
                        "the channels of %s are %s; the configuration has %s"
                                .formatted(
                                        mine.name(),
                                        mine.channels(),
                                        configured.get(m).channels()));
            }
        }
        if (!targets.equals(configuredTargets)) {
            throw new ModelRefusedException(
                    "the targets are %s; the configuration has %s"
                            .formatted(targets, configuredTargets));
        }
    }
}
