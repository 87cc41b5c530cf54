package io.pidstream.csv;

import io.pidstream.admit.Inbound;
import io.pidstream.config.PipelineConfig;
import io.pidstream.state.FormatType;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;

/**
 * Reads one part of every row of a CSV file, a modality's readings or the labels, for Flink's file
 * source.
 */
public final class CsvFormat extends SimpleStreamFormat<Inbound> {
    private static final long serialVersionUID = 1;

    private static final int LABELS = -1;

    private final String file;
    private final PipelineConfig config;
    private final int part;

    private CsvFormat(String file, PipelineConfig config, int part) {
        this.file = file;
        this.config = config;
        this.part = part;
    }

    /**
     * A bounded source of the readings of one modality. The source of the first modality also emits
     * the rows that cannot be used at all.
     */
    public static FileSource<Inbound> readings(Path path, PipelineConfig config, int modality) {
        return source(path, config, modality);
    }

    /** A bounded source of the labels. */
    public static FileSource<Inbound> labels(Path path, PipelineConfig config) {
        return source(path, config, LABELS);
    }

    private static FileSource<Inbound> source(Path path, PipelineConfig config, int part) {
        return FileSource.forRecordStreamFormat(
                        new CsvFormat(path.getFileName().toString(), config, part),
                        new org.apache.flink.core.fs.Path(path.toUri()))
                .build();
    }

    @Override
    public StreamFormat.Reader<Inbound> createReader(
            Configuration configuration, FSDataInputStream stream) throws IOException {
        return new Reader(new CsvRows(file, stream, config), part);
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return FormatType.of(Inbound.FORMAT);
    }

    private record Reader(CsvRows rows, int part) implements StreamFormat.Reader<Inbound> {
        @Override
        public Inbound read() {
            while (rows.next()) {
                Inbound inbound = current();
                if (inbound != null) {
                    return inbound;
                }
            }
            return null;
        }

        private Inbound current() {
            Inbound dead = rows.rowDeadLetter();
            if (dead != null) {
                return part == 0 ? dead : null;
            }
            return part == LABELS ? rows.label() : rows.reading(part);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
