package io.pidstream.csv;

import io.pidstream.config.PipelineConfig.CsvText;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A text file, decompressed if its first bytes are those of gzip, whatever its name. Its character
 * set is that of its byte order mark or else the configured one; bytes that are none of its
 * characters are an error.
 *
 * @param path of the file
 * @param text how it is written
 */
record TextFile(Path path, CsvText text) {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_MARK = 3;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    /** Opens it at its first character after the mark. */
    BufferedReader open() throws IOException {
        return new BufferedReader(decoded(), BUFFER);
    }

    private Reader decoded() throws IOException {
        InputStream in = new BufferedInputStream(bytes(), BUFFER);
        FileKind.requireCsv(path, in);
        Charset charset = afterMark(in);
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private InputStream bytes() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        raw.mark(GZIP.length);
        boolean compressed = Arrays.equals(raw.readNBytes(GZIP.length), GZIP);
        raw.reset();
        return compressed ? new GZIPInputStream(raw, BUFFER) : raw;
    }

    /** Consumes a byte order mark. */
    private Charset afterMark(InputStream in) throws IOException {
        in.mark(LONGEST_MARK);
        byte[] begin = in.readNBytes(LONGEST_MARK);
        in.reset();
        if (Arrays.equals(begin, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})) {
            in.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        if (begin.length >= 2 && begin[0] == (byte) 0xFE && begin[1] == (byte) 0xFF) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        if (begin.length >= 2 && begin[0] == (byte) 0xFF && begin[1] == (byte) 0xFE) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return Charset.forName(text.encoding());
    }

    /**
     * The line of the first bytes that are not characters, from 1, if a line ends with one byte.
     */
    long malformedLine() throws IOException {
        try (InputStream in = new BufferedInputStream(bytes(), BUFFER)) {
            CharsetDecoder decoder = afterMark(in).newDecoder();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long line = 1;
            for (int next = in.read(); next >= 0; next = in.read()) {
                bytes.write(next);
                if (next == '\n') {
                    if (!isText(bytes, decoder)) {
                        return line;
                    }
                    bytes.reset();
                    line++;
                }
            }
            return line;
        }
    }

    private static boolean isText(ByteArrayOutputStream bytes, CharsetDecoder decoder) {
        try {
            decoder.decode(ByteBuffer.wrap(bytes.toByteArray())); // Reports, unless told otherwise.
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
