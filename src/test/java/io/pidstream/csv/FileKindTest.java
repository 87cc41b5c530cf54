package io.pidstream.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PAR1,PAR2,time\n1,2,3\n",
                "PAR1\n12.5\n",
                "PAR1\tPAR2\n",
                "BZh1,BZh2\n",
                "PK1;PK2\n",
                "time,a\n",
                "{a},b\n",
            })
    void aHeaderIsNotTakenForAnotherKindOfFile(String begin) {
        assertThat(FileKind.other(begin.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void whatIsNoTextIsNamed() {
        byte[] parquet = {'P', 'A', 'R', '1', 0x15, 0x04, 0x15, 0x20};
        byte[] bzip2 = "BZh91AY&SY".getBytes(StandardCharsets.US_ASCII);
        assertThat(FileKind.other(parquet)).hasValue("Parquet: export it as CSV");
        assertThat(FileKind.other(bzip2)).hasValue("compressed: unpack it first");
        assertThat(FileKind.other("[{\"a\":1}]".getBytes(StandardCharsets.US_ASCII)))
                .hasValue("JSON: write it as CSV first");
    }
}
