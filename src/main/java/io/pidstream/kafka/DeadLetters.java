package io.pidstream.kafka;

import io.pidstream.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.util.Map;

/** Keeps dead letters small enough for a topic with a broker's default limits. */
final class DeadLetters {
    /** Most bytes kept of a value; a broker's default limit is 1 MiB per record. */
    static final int MOST_VALUE_BYTES = 512 * 1024;

    /** Most bytes kept of the key, and of all headers together. */
    static final int MOST_OTHER_BYTES = 64 * 1024;

    private DeadLetters() {}

    /** The letter itself, or a truncated one whose detail says what was cut. */
    static DeadLetter fit(DeadLetter letter) {
        int headers = letter.getHeaders().values().stream().mapToInt(ByteBuffer::remaining).sum();
        if (size(letter.getKey()) <= MOST_OTHER_BYTES
                && size(letter.getValue()) <= MOST_VALUE_BYTES
                && headers <= MOST_OTHER_BYTES) {
            return letter;
        }
        return new DeadLetter(
                letter.getTopic(),
                letter.getPartition(),
                letter.getOffset(),
                letter.getTimestamp(),
                letter.getReason(),
                "%s (cut: key of %d bytes, value of %d bytes, headers of %d bytes)"
                        .formatted(
                                letter.getDetail(),
                                size(letter.getKey()),
                                size(letter.getValue()),
                                headers),
                cut(letter.getKey(), MOST_OTHER_BYTES),
                cut(letter.getValue(), MOST_VALUE_BYTES),
                headers > MOST_OTHER_BYTES ? Map.of() : letter.getHeaders());
    }

    /** The original key; null if there was none. */
    static byte[] key(DeadLetter letter) {
        if (letter.getKey() == null) {
            return null;
        }
        ByteBuffer view = letter.getKey().duplicate();
        byte[] bytes = new byte[Math.min(view.remaining(), MOST_OTHER_BYTES)];
        view.get(bytes);
        return bytes;
    }

    private static int size(ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }

    private static ByteBuffer cut(ByteBuffer bytes, int most) {
        return size(bytes) <= most ? bytes : bytes.slice(bytes.position(), most);
    }
}
