package io.pidstream.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of the settings in which an encoder version and a configuration must agree: the
 * modalities and their channels in order, the targets, and the size of the latents. Training
 * settings may differ.
 */
public final class EncoderHash {
    private EncoderHash() {}

    /** SHA-256, hexadecimal. */
    public static String of(PipelineConfig config) {
        StringBuilder text = new StringBuilder();
        config.modalities()
                .all()
                .forEach(m -> text.append(m.name()).append('\t').append(m.channels()).append('\n'));
        text.append(config.target().names()).append('\n').append(config.encoder().latent());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
