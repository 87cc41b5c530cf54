package io.pidstream.csv;

import io.pidstream.admit.Inbound;
import io.pidstream.config.PipelineConfig;
import io.pidstream.state.FormatType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * Reads one part of every row of a data set, a modality's readings or the labels, for Flink's file
 * source.
 */
public final class CsvFormat extends SimpleStreamFormat<Inbound> {
    private static final long serialVersionUID = 1;

    private static final int LABELS = -1;

    private final RowFile file;
    private final PipelineConfig config;
    private final int part;

    private CsvFormat(RowFile file, PipelineConfig config, int part) {
        this.file = file;
        this.config = config;
        this.part = part;
    }

    /**
     * A bounded source of the readings of one modality. The source of the first modality also emits
     * the rows that cannot be used at all.
     */
    public static FileSource<Inbound> readings(CsvData data, PipelineConfig config, int modality) {
        return source(data, config, modality);
    }

    /** A bounded source of the labels. */
    public static FileSource<Inbound> labels(CsvData data, PipelineConfig config) {
        return source(data, config, LABELS);
    }

    private static FileSource<Inbound> source(CsvData data, PipelineConfig config, int part) {
        return FileSource.forRecordStreamFormat(
                        new CsvFormat(data.file(), config, part),
                        new Path(java.nio.file.Path.of(data.file().path()).toUri()))
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
