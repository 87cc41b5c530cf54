package io.pidstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.DeadLetterReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    @Test
    void leavesAnOrdinaryLetterAlone() {
        DeadLetter letter = letter(new byte[] {1}, new byte[] {2}, Map.of("h", new byte[] {3}));

        assertThat(DeadLetters.fit(letter)).isSameAs(letter);
        assertThat(DeadLetters.key(letter)).containsExactly(1);
    }

    @Test
    void keepsTheKeyThatWasNotThere() {
        assertThat(DeadLetters.key(letter(null, null, Map.of()))).isNull();
    }

    @Test
    void cutsWhatABrokerWouldRefuseAndSaysSo() {
        byte[] large = new byte[1 << 20];

        DeadLetter letter = DeadLetters.fit(letter(large, large, Map.of("h", large)));

        assertThat(ValueCodec.of(DeadLetter.class).encode(letter)).hasSizeLessThan(900_000);
        assertThat(DeadLetters.key(letter)).hasSizeLessThan(100_000);
        assertThat(letter.getDetail())
                .startsWith("labels, partition 0, offset 1: bad")
                .endsWith(
                        "(cut: key of 1048576 bytes, value of 1048576 bytes, headers of 1048576"
                                + " bytes)");
    }

    private static DeadLetter letter(byte[] key, byte[] value, Map<String, byte[]> headers) {
        Origin origin = new Origin("labels", 0, 1, 0, key, value, headers);
        return Admission.refuse(origin, DeadLetterReason.OTHER, "bad").deadLetter();
    }
}
