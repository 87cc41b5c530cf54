package io.pidstream.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * An immutable, verified version of a model, in its stored form: a manifest, and parameters that
 * match it. Every instance can be used.
 */
public final class ModelArtefact {
    /** Names of the two files in a directory. */
    public static final String MANIFEST_FILE = "manifest.json";

    public static final String PARAMETERS_FILE = "parameters";

    private final Manifest manifest;
    private final byte[] parameters;
    private final VersionContent content;

    private ModelArtefact(Manifest manifest, byte[] parameters, VersionContent content) {
        this.manifest = manifest;
        this.parameters = parameters;
        this.content = content;
    }

    public static ModelArtefact of(
            VersionContent content,
            String configurationHash,
            Long parent,
            Map<String, Double> metrics) {
        byte[] parameters = content.toBytes();
        Manifest manifest =
                new Manifest(
                        content.formatVersion(),
                        content.shape(),
                        content.seed(),
                        configurationHash,
                        parent,
                        sha256(parameters),
                        parameters.length,
                        metrics);
        return new ModelArtefact(manifest, parameters, content);
    }

    /**
     * Verifies parameters from elsewhere; the hash is checked before anything is parsed.
     *
     * @param parameters the bytes; ownership passes to the artefact
     * @throws ModelRefusedException if they do not match the manifest or are invalid
     */
    public static ModelArtefact verify(Manifest manifest, byte[] parameters) {
        VersionContent content = verified(manifest.sha256(), parameters);
        if (!content.shape().equals(manifest.shape()) || content.seed() != manifest.seed()) {
            throw new ModelRefusedException(
                    "the manifest has %s with seed %d; the parameters have %s with seed %d"
                            .formatted(
                                    manifest.shape(),
                                    manifest.seed(),
                                    content.shape(),
                                    content.seed()));
        }
        return new ModelArtefact(manifest, parameters, content);
    }

    /**
     * Like {@link #verify(Manifest, byte[])}, if shape and seed are only known from the parameters.
     */
    public static ModelArtefact verify(
            String sha256,
            byte[] parameters,
            String configurationHash,
            Long parent,
            Map<String, Double> metrics) {
        VersionContent content = verified(sha256, parameters);
        Manifest manifest =
                new Manifest(
                        content.formatVersion(),
                        content.shape(),
                        content.seed(),
                        configurationHash,
                        parent,
                        sha256,
                        parameters.length,
                        metrics);
        return new ModelArtefact(manifest, parameters, content);
    }

    private static VersionContent verified(String expected, byte[] parameters) {
        String actual = sha256(parameters);
        if (!actual.equals(expected)) {
            throw new ModelRefusedException(
                    "the SHA-256 of the parameters (%d bytes) is %s; expected %s"
                            .formatted(parameters.length, actual, expected));
        }
        return VersionKinds.read(parameters);
    }

    /** SHA-256, hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same version with other metrics. */
    public ModelArtefact withMetrics(Map<String, Double> metrics) {
        Manifest m = manifest;
        return new ModelArtefact(
                new Manifest(
                        m.formatVersion(),
                        m.shape(),
                        m.seed(),
                        m.configurationHash(),
                        m.parent(),
                        m.sha256(),
                        m.bytes(),
                        metrics),
                parameters,
                content);
    }

    public Manifest manifest() {
        return manifest;
    }

    /** A copy of the parameters. */
    public byte[] parameters() {
        return parameters.clone();
    }

    /** The parsed parameters. */
    public VersionContent content() {
        return content;
    }

    /**
     * Writes {@value #MANIFEST_FILE} and {@value #PARAMETERS_FILE} into a directory, which is
     * created if necessary. The manifest is written last, so its presence means that the version is
     * complete.
     */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve(MANIFEST_FILE));
        Files.write(directory.resolve(PARAMETERS_FILE), parameters);
        Files.writeString(
                directory.resolve(MANIFEST_FILE), manifest.toJson() + System.lineSeparator());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if a file is missing or cannot be read
     * @throws ModelRefusedException if they are invalid
     */
    public static ModelArtefact read(Path directory) throws IOException {
        Manifest manifest = Manifest.fromJson(Files.readString(directory.resolve(MANIFEST_FILE)));
        return verify(manifest, Files.readAllBytes(directory.resolve(PARAMETERS_FILE)));
    }

    @Override
    public String toString() {
        return "ModelArtefact[" + manifest.shape().type() + " " + manifest.sha256() + "]";
    }
}
