package io.pidstream.network;

import io.pidstream.version.ModalityShape;
import io.pidstream.version.ModelRefusedException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Maps a modality's channels to the features of its encoder. Immutable. */
public final class FeatureMap {
    private final List<ChannelMap> channels;
    private final int size;

    private FeatureMap(List<ChannelMap> channels) {
        this.channels = List.copyOf(channels);
        // A modality whose channels are all constant still has one input, 0.
        this.size = Math.max(1, channels.stream().mapToInt(ChannelMap::size).sum());
    }

    /**
     * @param type type of the features
     * @param rows values of the channels in the rows with this modality, [n, c], at least one
     * @param pieces maximum number of pieces per channel
     */
    public static FeatureMap fit(EncoderType type, List<double[]> rows, int pieces) {
        List<ChannelMap> maps = new ArrayList<>();
        for (int c = 0; c < rows.get(0).length; c++) {
            int channel = c;
            double[] values = rows.stream().mapToDouble(row -> row[channel]).toArray();
            maps.add(type.fit(values, pieces));
        }
        return new FeatureMap(maps);
    }

    /** Number of features. */
    public int size() {
        return size;
    }

    int channels() {
        return channels.size();
    }

    /**
     * @param values the channels, [c], finite
     * @param features receives the features from {@code offset} on
     */
    public void write(double[] values, float[] features, int offset) {
        if (values.length != channels.size()) {
            throw new IllegalArgumentException(
                    "there are %d channels, expected %d".formatted(values.length, channels.size()));
        }
        int at = offset;
        for (int c = 0; c < values.length; c++) {
            if (!Double.isFinite(values[c])) {
                throw new IllegalArgumentException("channel " + c + " is " + values[c]);
            }
            ChannelMap map = channels.get(c);
            map.write(values[c], features, at);
            at += map.size();
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(channels.size());
        for (ChannelMap map : channels) {
            map.writeTo(out);
        }
    }

    static FeatureMap readFrom(DataInput in, ModalityShape shape) throws IOException {
        int count = in.readInt();
        if (count != shape.channels().size()) {
            throw new ModelRefusedException(
                    "modality %s is scaled for %d channels and has %d"
                            .formatted(shape.name(), count, shape.channels().size()));
        }
        List<ChannelMap> maps = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            maps.add(ChannelMap.readFrom(in));
        }
        return new FeatureMap(maps);
    }
}
