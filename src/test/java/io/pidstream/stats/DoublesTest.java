package io.pidstream.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoublesTest {
    private static final double[] VALUES = {
        0.0,
        -0.0,
        1.5,
        -1e300,
        Double.MIN_VALUE,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.longBitsToDouble(0xfff8000000000001L)
    };

    @Test
    void writesTheBytesOfWriteDouble() throws IOException {
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(single);
        for (double value : VALUES) {
            out.writeDouble(value);
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        Doubles.write(new DataOutputStream(block), VALUES);

        assertThat(block.toByteArray()).isEqualTo(single.toByteArray());
    }

    @Test
    void readsWhatItWroteAndLeavesTheRestAlone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Doubles.write(new DataOutputStream(bytes), VALUES, 3);
        double[] read = {9, 9, 9, 9};

        Doubles.read(input(bytes), read, 3);

        assertThat(read).containsExactly(0.0, -0.0, 1.5, 9);
    }

    @Test
    void saysThatTheInputEndsEarly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Doubles.write(new DataOutputStream(bytes), VALUES, 3);

        assertThatThrownBy(() -> Doubles.read(input(bytes), new double[4]))
                .isInstanceOf(EOFException.class);
    }

    private static DataInputStream input(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
