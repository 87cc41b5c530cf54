package io.pidstream.network;

import io.pidstream.stats.NormalScore;
import io.pidstream.version.FusionWeights;
import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.ParameterBytes;
import io.pidstream.version.TargetScale;
import io.pidstream.version.VersionContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete parameters of a version: shape, seed, frozen maps of channels and targets, fusion
 * weights, and the tensors of the network. A custom format of plain numbers and names; reading it
 * does not instantiate classes by name.
 *
 * @param seed seed of the training
 * @param features one per modality
 * @param targets one per target
 * @param tensors the network's, by name, in order
 */
public record ModelContent(
        ModelShape shape,
        long seed,
        List<FeatureMap> features,
        List<TargetScale> targets,
        FusionWeights fusion,
        Map<String, Tensor> tensors)
        implements VersionContent {
    /** The first bytes of every version's parameters. */
    static final int MAGIC = 0x50494453;

    static final int FORMAT_VERSION = 1;
    private static final int MOST = 4096;

    /**
     * @throws IllegalArgumentException if the members of the shape cannot divide its latent
     */
    public ModelContent {
        NetworkSizes.requireMembers(shape);
    }

    public int[] featureSizes() {
        return features.stream().mapToInt(FeatureMap::size).toArray();
    }

    /** The content of a network's version. */
    static ModelContent of(ModelArtefact version) {
        if (version.content() instanceof ModelContent content) {
            return content;
        }
        throw new IllegalArgumentException(version + " is not a network");
    }

    @Override
    public int formatVersion() {
        return FORMAT_VERSION;
    }

    @Override
    public List<NormalScore> scores() {
        return targets.stream().map(TargetScale::score).toList();
    }

    @Override
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(FORMAT_VERSION);
            shape.writeTo(out);
            out.writeLong(seed);
            for (FeatureMap map : features) {
                map.writeTo(out);
            }
            for (TargetScale target : targets) {
                target.writeTo(out);
            }
            for (int m = 0; m < shape.count(); m++) {
                out.writeDouble(fusion.modality(m));
            }
            out.writeDouble(fusion.synergy());
            out.writeInt(tensors.size());
            for (Tensor tensor : tensors.values()) {
                tensor.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws ModelRefusedException naming what is wrong with the bytes
     */
    static ModelContent fromBytes(byte[] bytes) {
        return ParameterBytes.read(
                bytes, MAGIC, FORMAT_VERSION, (in, source, version) -> read(in, source));
    }

    private static ModelContent read(DataInputStream in, ByteArrayInputStream source)
            throws IOException {
        ModelShape shape = ModelShape.readFrom(in);
        EncoderType.of(shape.type());
        long seed = in.readLong();
        List<FeatureMap> features = new ArrayList<>();
        for (ModalityShape modality : shape.modalities()) {
            features.add(FeatureMap.readFrom(in, modality));
        }
        List<TargetScale> targets = new ArrayList<>();
        for (int t = 0; t < shape.targets().size(); t++) {
            targets.add(TargetScale.readFrom(in));
        }
        double[] weights = new double[shape.count()];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = in.readDouble();
        }
        FusionWeights fusion = new FusionWeights(weights, in.readDouble());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int count = requireCount(in.readInt(), "parameters");
        for (int i = 0; i < count; i++) {
            Tensor tensor = Tensor.readFrom(in, source.available());
            tensors.put(tensor.name(), tensor);
        }
        return new ModelContent(shape, seed, features, targets, fusion, tensors);
    }

    private static int requireCount(int count, String what) {
        if (count < 0 || count > MOST) {
            throw new ModelRefusedException("there are " + count + " " + what);
        }
        return count;
    }
}
