package io.pidstream.version;

import java.util.List;

/**
 * Input and output of one modality's encoder.
 *
 * @param name the modality
 * @param channels its channels, in order
 * @param latent size of its latent
 */
public record ModalityShape(String name, List<String> channels, int latent) {
    public ModalityShape {
        channels = List.copyOf(channels);
        if (channels.isEmpty() || latent < 1) {
            throw new IllegalArgumentException(
                    "modality %s has %d channels and a latent of %d"
                            .formatted(name, channels.size(), latent));
        }
    }
}
