package io.pidstream.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.version.ModelRefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ForestTest {
    /** Below 1 in the first feature 10; else below 2 in the second 20, else 30. Then a constant. */
    private static Forest example() {
        Forest.Builder builder = new Forest.Builder(2);
        builder.begin();
        builder.inner(0, 1, 0.25f);
        builder.leaf(10);
        builder.inner(1, 2, 0.5f);
        builder.leaf(20);
        builder.leaf(30);
        builder.end();
        builder.begin();
        builder.leaf(100);
        builder.end();
        return builder.build();
    }

    @Test
    void aRowEqualToTheThresholdGoesToTheRight() {
        Forest forest = example();
        assertThat(forest.predict(new float[] {0.5f, 5})).isEqualTo(110);
        assertThat(forest.predict(new float[] {1, 1.5f})).isEqualTo(120);
        assertThat(forest.predict(new float[] {1, 2})).isEqualTo(130);
        assertThat(forest.predict(0, new float[] {1, 2})).isEqualTo(30);
    }

    @Test
    void anUnknownFeatureIsAveragedOverByTheRowsOfTraining() {
        Forest forest = example();
        float[] row = {1, 1};
        assertThat(forest.expect(row, feature -> true)).isEqualTo(120);
        assertThat(forest.expect(row, feature -> feature == 0)).isCloseTo(125, within(1e-12));
        assertThat(forest.expect(row, feature -> feature == 1))
                .isCloseTo(100 + 0.25 * 10 + 0.75 * 20, within(1e-12));
        assertThat(forest.expect(row, feature -> false))
                .isCloseTo(100 + 0.25 * 10 + 0.75 * 25, within(1e-12));
    }

    @Test
    void comesBackAsItWas() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        example().writeTo(new DataOutputStream(bytes));
        Forest read = read(bytes.toByteArray(), 2);

        ByteArrayOutputStream again = new ByteArrayOutputStream();
        read.writeTo(new DataOutputStream(again));
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.predict(new float[] {1, 2})).isEqualTo(130);
    }

    @Test
    void treesThatAreNoneAreRefused() {
        refused("tree 0 asks for feature 2 of 2", 1, 1, 2, 1f, 0.5f);
        refused("tree 0 asks for feature -2 of 2", 1, 1, -2, 1f, 0.5f);
        refused("tree 0 ends before its last leaf", 1, 2, 0, 1f, 0.5f, -1, 1f);
        refused("nodes follow the last leaf of tree 0", 1, 2, -1, 1f, -1, 1f);
        refused("a node of tree 0 has the value NaN", 1, 1, -1, Float.NaN);
        refused("tree 0 sends a share of 1.5 to the left", 1, 3, 0, 1f, 1.5f, -1, 1f, -1, 1f);
        refused("there are -1 trees, at most 16,384 are read", -1);
        refused("there are 2147483647 trees, at most 16,384 are read", Integer.MAX_VALUE);
        refused("tree 0 has 2147483647 nodes, at most 4,096 are read", 1, Integer.MAX_VALUE);
        refused("tree 0 has 0 nodes, at most 4,096 are read", 1, 0);
    }

    private static void refused(String message, Number... numbers) {
        ThrowingCallable reading =
                () -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    DataOutputStream out = new DataOutputStream(bytes);
                    for (Number number : numbers) {
                        if (number instanceof Float value) {
                            out.writeFloat(value);
                        } else {
                            out.writeInt(number.intValue());
                        }
                    }
                    read(bytes.toByteArray(), 2);
                };
        assertThatThrownBy(reading).isInstanceOf(ModelRefusedException.class).hasMessage(message);
    }

    private static Forest read(byte[] bytes, int features) throws IOException {
        return Forest.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes)), features, bytes.length);
    }
}
