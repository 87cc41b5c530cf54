package io.pidstream.trees;

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
 * The complete parameters of a version of trees, in a format of plain numbers and names. They are
 * evaluated here, so what is read never reaches the library that trained them.
 *
 * @param seed seed of the training
 * @param channels scales of the channels
 * @param targets one per target
 */
record TreeContent(ModelShape shape, long seed, ChannelScales channels, List<TargetTrees> targets)
        implements VersionContent {
    /** The first bytes of every version's parameters. */
    static final int MAGIC = 0x50494454;

    /** Without a modality that is left out. */
    private static final int FIRST_VERSION = 1;

    private static final int FORMAT_VERSION = 2;

    /** More than trees of any allowed shape need; protects memory. */
    private static final int MOST_BYTES = 1 << 28;

    TreeContent {
        targets = List.copyOf(targets);
        TreeKind.requireSizes(shape);
    }

    /** The content of a version of trees. */
    static TreeContent of(ModelArtefact version) {
        if (version.content() instanceof TreeContent content) {
            return content;
        }
        throw new IllegalArgumentException(version + " has no trees");
    }

    @Override
    public int formatVersion() {
        return targets.stream().allMatch(TargetTrees::usesAll) ? FIRST_VERSION : FORMAT_VERSION;
    }

    @Override
    public List<NormalScore> scores() {
        return targets.stream().map(target -> target.scale().score()).toList();
    }

    @Override
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(formatVersion());
            shape.writeTo(out);
            out.writeLong(seed);
            channels.writeTo(out);
            for (TargetTrees target : targets) {
                target.writeTo(out, formatVersion() > FIRST_VERSION);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws ModelRefusedException naming what is wrong with the bytes
     */
    static TreeContent fromBytes(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new ModelRefusedException(
                    "there are %,d bytes of parameters; at most %,d are read"
                            .formatted(bytes.length, MOST_BYTES));
        }
        return ParameterBytes.read(bytes, MAGIC, FORMAT_VERSION, TreeContent::read);
    }

    private static TreeContent read(DataInputStream in, ByteArrayInputStream source, int version)
            throws IOException {
        ModelShape shape = ModelShape.readFrom(in);
        long seed = in.readLong();
        ChannelScales channels = ChannelScales.readFrom(in, shape);
        List<TargetTrees> targets = new ArrayList<>();
        for (int t = 0; t < shape.targets().size(); t++) {
            targets.add(TargetTrees.readFrom(in, source, channels, version > FIRST_VERSION));
        }
        return new TreeContent(shape, seed, channels, targets);
    }
}
