package io.pidstream.csv;

import io.pidstream.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file is that is given as CSV and is something else, by its first bytes. */
public final class FileKind {
    private static final int BEGINNING = 512;

    private record Kind(Pattern begin, String what) {
        Kind(String begin, String what) {
            this(Pattern.compile("^(?:" + begin + ")", Pattern.DOTALL), what);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("PK\\x03\\x04", "a workbook or a zip archive: export it as CSV"),
                    // A header may begin with these letters, too.
                    new Kind("PAR1[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "Parquet: export it as CSV"),
                    new Kind("SQLite format 3", "a database: export a table as CSV"),
                    new Kind("\\xD0\\xCF\\x11\\xE0", "an old workbook: export it as CSV"),
                    new Kind(
                            "(BZh[1-9]1AY&SY|\\xFD7zXZ|\\x28\\xB5\\x2F\\xFD)",
                            "compressed: unpack it first"),
                    new Kind("\\s*(\\{\\s*[\"}]|\\[\\s*[\\[{])", "JSON: write it as CSV first"),
                    new Kind("\\s*<(\\?xml|!doctype|html)", "a page or XML, not CSV"));

    private FileKind() {}

    /**
     * @param in supports marks; is left at its beginning
     * @throws ConfigurationException if it is a file of another kind
     */
    static void requireCsv(Path path, InputStream in) throws IOException {
        in.mark(BEGINNING);
        byte[] begin = in.readNBytes(BEGINNING);
        in.reset();
        Optional<String> other = other(begin);
        if (other.isPresent()) {
            throw new ConfigurationException(
                    List.of(
                            "--data: %s: expected a CSV file; this is %s"
                                    .formatted(path.getFileName(), other.get())));
        }
    }

    /**
     * @param begin the first bytes of a file, decompressed
     * @return what it is, and what to do; empty if it may be CSV
     */
    public static Optional<String> other(byte[] begin) {
        int length = Math.min(begin.length, BEGINNING);
        String text = new String(begin, 0, length, StandardCharsets.ISO_8859_1);
        return KINDS.stream()
                .filter(kind -> kind.begin().matcher(text).find())
                .map(Kind::what)
                .findFirst();
    }
}
