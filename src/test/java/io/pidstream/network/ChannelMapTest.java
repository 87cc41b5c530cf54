package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.ModelRefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelMapTest {
    private final double[] even = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();

    @Test
    void standardisesAndClips() {
        ChannelMap map = ChannelMap.standard(new double[] {1, 3});

        assertThat(features(map, 4)).containsExactly(2);
        assertThat(features(map, 1e6)).containsExactly(10);
    }

    @Test
    void fillsPiecesBetweenQuantilesOneAfterAnother() {
        ChannelMap map = ChannelMap.pieces(even, 4);

        assertThat(features(map, 0)).containsExactly(0, 0, 0, 0);
        assertThat(features(map, 60)).containsExactly(new float[] {1, 1, 0.4f, 0}, within(1e-6f));
        assertThat(features(map, 100)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void extrapolatesBeyondTheRangeSeenUpToALimit() {
        ChannelMap map = ChannelMap.pieces(even, 4);

        assertThat(features(map, -25)).containsExactly(-1, 0, 0, 0);
        assertThat(features(map, 125)).containsExactly(1, 1, 1, 2);
        assertThat(features(map, 1e9)).containsExactly(1, 1, 1, 3);
    }

    @Test
    void aChannelThatIsZeroAlmostAlwaysHasPiecesWhereItIsNot() {
        double[] sparse = new double[1000];
        for (int i = 0; i < 20; i++) {
            sparse[i] = i + 1;
        }

        assertThat(ChannelMap.pieces(sparse, 8).size()).isGreaterThan(3);
    }

    @Test
    void aConstantChannelHasNoFeature() {
        assertThat(ChannelMap.standard(new double[] {5, 5, 5}).size()).isZero();
        assertThat(ChannelMap.pieces(new double[] {5, 5, 5}, 8).size()).isZero();
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        ChannelMap map = ChannelMap.pieces(even, 7);
        ChannelMap read = read(write(map));

        for (double x = -10; x < 120; x += 3.7) {
            assertThat(features(read, x)).containsExactly(features(map, x));
        }
    }

    @Test
    void knotsThatDoNotIncreaseAreRefused() throws IOException {
        byte[] bytes = write(ChannelMap.pieces(even, 4));
        java.nio.ByteBuffer.wrap(bytes).putDouble(5 + 8, -3);

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageStartingWith("a channel's map is [0.0, -3.0");
    }

    private static byte[] write(ChannelMap map) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        map.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static ChannelMap read(byte[] bytes) throws IOException {
        return ChannelMap.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static float[] features(ChannelMap map, double x) {
        float[] features = new float[map.size()];
        map.write(x, features, 0);
        return features;
    }
}
