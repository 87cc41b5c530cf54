package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import io.pidstream.csv.FileKind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The first part of a file as text.
 *
 * @param name name of the file
 * @param gzip whether it is compressed, which its first bytes tell
 * @param charset its encoding, from a byte order mark or from the bytes themselves
 * @param text whole lines from the beginning, without a byte order mark
 * @param whole whether this is all of the file
 */
record FileText(String name, boolean gzip, Charset charset, String text, boolean whole) {
    /**
     * Windows' Latin alphabet leaves these bytes undefined; they are control characters in ISO's.
     */
    private static final int[] NOT_IN_WINDOWS = {0x81, 0x8d, 0x8f, 0x90, 0x9d};

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private record Mark(Charset charset, int... bytes) {
        boolean starts(byte[] text, int length) {
            for (int i = 0; i < bytes.length; i++) {
                if (i >= length || (text[i] & 0xff) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Mark> MARKS =
            List.of(
                    new Mark(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
                    new Mark(StandardCharsets.UTF_16LE, 0xff, 0xfe),
                    new Mark(StandardCharsets.UTF_16BE, 0xfe, 0xff));

    /**
     * Reads at most so many bytes, decompressed, and no half line.
     *
     * @throws ConfigurationException if it is not a readable file with text in it
     */
    static FileText read(Path path, int mostBytes) {
        if (!Files.exists(path)) {
            throw problem(path, "expected a CSV file; there is none");
        }
        if (!Files.isRegularFile(path)) {
            throw problem(path, "expected a CSV file, not a directory");
        }
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            byte[] bytes =
                    (gzip ? new GZIPInputStream(raw, 1 << 16) : raw).readNBytes(mostBytes + 1);
            FileKind.other(bytes)
                    .ifPresent(
                            what -> {
                                throw problem(path, "expected a CSV file; this is " + what);
                            });
            boolean whole = bytes.length <= mostBytes;
            return decode(path, gzip, bytes, Math.min(bytes.length, mostBytes), whole);
        } catch (EOFException e) {
            throw problem(path, "expected a complete gzip file; it is truncated");
        } catch (ZipException e) {
            throw problem(path, "expected a gzip file: " + e.getMessage());
        } catch (IOException e) {
            throw problem(path, "cannot be read: " + e.getMessage());
        }
    }

    private static FileText decode(
            Path path, boolean gzip, byte[] bytes, int length, boolean whole) {
        int start = 0;
        Charset charset = null;
        for (Mark mark : MARKS) {
            if (mark.starts(bytes, length)) {
                charset = mark.charset();
                start = mark.bytes().length;
                break;
            }
        }
        if (charset == null) {
            charset = guess(bytes, length);
        }
        String text = new String(bytes, start, length - start, charset);
        if (text.indexOf('\0') >= 0) {
            throw problem(path, "expected text; it contains bytes that are 0");
        }
        if (!whole) {
            text = text.substring(0, text.lastIndexOf('\n') + 1);
        }
        if (text.isBlank()) {
            throw problem(path, "expected a header line and rows; the file is empty");
        }
        return new FileText(path.getFileName().toString(), gzip, charset, text, whole);
    }

    private static Charset guess(byte[] bytes, int length) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        // A character that is cut off at the end is not an error, as this is not the end of input.
        CharBuffer decoded = CharBuffer.allocate(length + 1);
        if (!decoder.decode(ByteBuffer.wrap(bytes, 0, length), decoded, false).isError()) {
            return StandardCharsets.UTF_8;
        }
        for (int i = 0; i < length; i++) {
            if (Arrays.binarySearch(NOT_IN_WINDOWS, bytes[i] & 0xff) >= 0) {
                return StandardCharsets.ISO_8859_1;
            }
        }
        return WINDOWS;
    }

    private static ConfigurationException problem(Path path, String expected) {
        return new ConfigurationException(List.of("--data: %s: %s".formatted(path, expected)));
    }
}
