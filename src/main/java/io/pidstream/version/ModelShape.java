package io.pidstream.version;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that determines the sizes of a version's parameters.
 *
 * @param type architecture, which determines the {@linkplain VersionKinds kind} of version
 * @param modalities 2 to 6 modalities, all with a latent of the same size
 * @param targets names of the targets, at least one
 * @param hidden sizes of the hidden layers of every encoder and of the head, at least one
 * @param members number of networks in the ensemble, at least one, which share only their input.
 *     Each has its own part of the latent; the prediction is the mean of theirs
 */
public record ModelShape(
        String type,
        List<ModalityShape> modalities,
        List<String> targets,
        List<Integer> hidden,
        int members) {
    private static final int MOST_MODALITIES = 6;
    private static final int LARGEST = 1 << 16;
    private static final int MOST_NAMES = 4096;

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
        if (members < 1) {
            throw new IllegalArgumentException("there are " + members + " members");
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

    /**
     * Size of a member's part of a latent, where nothing but networks has a part of it.
     *
     * @throws IllegalArgumentException if the members cannot divide the latent
     */
    public int memberLatent() {
        if (latent() % members != 0) {
            throw new IllegalArgumentException(
                    members + " members cannot divide a latent of " + latent());
        }
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
     * @param configured the channels by modality, in order
     * @throws ModelRefusedException naming the difference from the configuration
     */
    public void requireFits(Map<String, List<String>> configured, List<String> configuredTargets) {
        List<String> expected = List.copyOf(configured.keySet());
        if (!names().equals(expected)) {
            throw new ModelRefusedException(
                    "the modalities are %s; the configuration has %s".formatted(names(), expected));
        }
        for (ModalityShape mine : modalities) {
            if (!mine.channels().equals(configured.get(mine.name()))) {
                throw new ModelRefusedException(
                        "the channels of %s are %s; the configuration has %s"
                                .formatted(
                                        mine.name(), mine.channels(), configured.get(mine.name())));
            }
        }
        if (!targets.equals(configuredTargets)) {
            throw new ModelRefusedException(
                    "the targets are %s; the configuration has %s"
                            .formatted(targets, configuredTargets));
        }
    }

    /** Writes the shape as a part of a version's parameters. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeUTF(type);
        out.writeByte(count());
        for (ModalityShape modality : modalities) {
            out.writeUTF(modality.name());
            writeTexts(out, modality.channels());
            out.writeInt(modality.latent());
        }
        writeTexts(out, targets);
        out.writeByte(hidden.size());
        for (int size : hidden) {
            out.writeInt(size);
        }
        out.writeInt(members);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws ModelRefusedException if there is no such architecture, or a number is out of range
     * @throws IllegalArgumentException if the shape is none
     */
    public static ModelShape readFrom(DataInput in) throws IOException {
        String type = in.readUTF();
        VersionKinds.of(type);
        List<ModalityShape> modalities = new ArrayList<>();
        int k = requireCount(in.readByte(), "modalities");
        for (int m = 0; m < k; m++) {
            modalities.add(new ModalityShape(in.readUTF(), readTexts(in), in.readInt()));
        }
        List<String> targets = readTexts(in);
        List<Integer> hidden = new ArrayList<>();
        int layers = requireCount(in.readByte(), "hidden layers");
        for (int l = 0; l < layers; l++) {
            hidden.add(in.readInt());
        }
        return new ModelShape(type, modalities, targets, hidden, in.readInt());
    }

    private static void writeTexts(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInput in) throws IOException {
        List<String> texts = new ArrayList<>();
        int count = requireCount(in.readInt(), "names");
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static int requireCount(int count, String what) {
        if (count < 0 || count > MOST_NAMES) {
            throw new ModelRefusedException("there are " + count + " " + what);
        }
        return count;
    }
}
