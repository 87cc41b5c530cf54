package io.pidstream.blend;

import io.pidstream.stats.NormalScore;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.ModelShape;
import io.pidstream.version.ParameterBytes;
import io.pidstream.version.VersionContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The complete parameters of a version: those of both parts, each in its own format behind its
 * length, and a weight per target.
 *
 * @param network the network's parameters
 * @param trees those of the trees
 * @param weights weight of the trees in the prediction of each target, 0 to 1; the network has the
 *     rest
 */
record BlendContent(VersionContent network, VersionContent trees, List<Double> weights)
        implements VersionContent {
    /** The first bytes of every version's parameters. */
    static final int MAGIC = 0x50494442;

    private static final int FORMAT_VERSION = 1;

    /**
     * @throws IllegalArgumentException if the parts do not belong together, or a weight is none
     */
    BlendContent {
        weights = List.copyOf(weights);
        BlendShape shape = new BlendShape(network.shape(), trees.shape());
        if (network.seed() != trees.seed()) {
            throw new IllegalArgumentException(
                    "the seed of the network is %d, that of the trees %d"
                            .formatted(network.seed(), trees.seed()));
        }
        // Also refuses NaN.
        if (weights.size() != shape.network().targets().size()
                || !weights.stream().allMatch(weight -> weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("the weights of the trees are " + weights);
        }
    }

    /** The content of a version of both. */
    static BlendContent of(ModelArtefact version) {
        if (version.content() instanceof BlendContent content) {
            return content;
        }
        throw new IllegalArgumentException(version + " is not a network and trees");
    }

    @Override
    public ModelShape shape() {
        return new BlendShape(network.shape(), trees.shape()).whole();
    }

    @Override
    public long seed() {
        return network.seed();
    }

    @Override
    public int formatVersion() {
        return FORMAT_VERSION;
    }

    @Override
    public List<NormalScore> scores() {
        return network.scores();
    }

    @Override
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(FORMAT_VERSION);
            for (VersionContent part : List.of(network, trees)) {
                byte[] parameters = part.toBytes();
                out.writeInt(parameters.length);
                out.write(parameters);
            }
            for (double weight : weights) {
                out.writeDouble(weight);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws ModelRefusedException naming what is wrong with the bytes
     */
    static BlendContent fromBytes(byte[] bytes) {
        return ParameterBytes.read(
                bytes, MAGIC, FORMAT_VERSION, (in, source, version) -> read(in, source));
    }

    private static BlendContent read(DataInputStream in, ByteArrayInputStream source)
            throws IOException {
        VersionContent network = part(Part.NETWORK, in, source);
        VersionContent trees = part(Part.TREES, in, source);
        List<Double> weights = new ArrayList<>();
        for (int t = 0; t < network.shape().targets().size(); t++) {
            weights.add(in.readDouble());
        }
        return new BlendContent(network, trees, weights);
    }

    private static VersionContent part(Part part, DataInputStream in, ByteArrayInputStream source)
            throws IOException {
        int length = in.readInt();
        if (length < 0 || length > source.available()) {
            throw new ModelRefusedException(
                    "the parameters of the part %s have %d bytes, of which %d are there"
                            .formatted(part.architecture(), length, source.available()));
        }
        return part.kind().read(in.readNBytes(length));
    }
}
