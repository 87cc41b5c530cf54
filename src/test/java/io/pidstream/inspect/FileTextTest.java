package io.pidstream.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.config.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTextTest {
    private static final String TEXT = "Außentemperatur °C;Druck µbar\n1;2\n";

    @TempDir private Path directory;

    @Test
    void encodingsAreFound() throws IOException {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8)).charset())
                .isEqualTo(StandardCharsets.UTF_8);
        FileText windows = read((TEXT + "€\n").getBytes(Charset.forName("windows-1252")));
        assertThat(windows.charset().name()).isEqualTo("windows-1252");
        assertThat(windows.text()).isEqualTo(TEXT + "€\n");
        byte[] latin = (TEXT + "\u0085\u0081\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin).charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @Test
    void byteOrderMarksAreNoText() throws IOException {
        for (Charset charset :
                new Charset[] {
                    StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
                }) {
            FileText file = read(("\ufeff" + TEXT).getBytes(charset));
            assertThat(file.charset()).isEqualTo(charset);
            assertThat(file.text()).isEqualTo(TEXT);
        }
    }

    @Test
    void compressionIsSeenWhateverTheName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(bytes.toByteArray())).matches(FileText::gzip).matches(FileText::whole);
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it is truncated");
    }

    /** Neither a line nor a character is cut. */
    @Test
    void ofALargeFileOnlyWholeLinesAreRead() throws IOException {
        String line = "ä;ö;ü\n";
        Path file = write(line.repeat(1000).getBytes(StandardCharsets.UTF_8));
        for (int most = 100; most < 120; most++) {
            FileText head = FileText.read(file, most);
            assertThat(head.whole()).isFalse();
            assertThat(head.charset()).isEqualTo(StandardCharsets.UTF_8);
            assertThat(head.text().replace(line, "")).isEmpty();
        }
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path missing = directory.resolve("missing.csv");
        assertThatThrownBy(() -> FileText.read(missing, 100))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--data: " + missing + ": expected a CSV file; there is none");
        assertThatThrownBy(() -> FileText.read(directory, 100))
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() -> read(new byte[] {'a', 0, 'b', '\n'}))
                .hasMessageContaining("bytes that are 0");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("the file is empty");
    }

    private FileText read(byte[] bytes) throws IOException {
        return FileText.read(write(bytes), 1 << 20);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("d.csv"), bytes);
    }
}
