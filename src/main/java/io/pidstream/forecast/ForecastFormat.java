package io.pidstream.forecast;

import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes a {@link Forecast} into state. */
public final class ForecastFormat implements BinaryFormat<Forecast> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<Forecast> type() {
        return Forecast.class;
    }

    @Override
    public void write(Forecast value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public Forecast read(DataInput in) throws IOException {
        return Forecast.readFrom(in);
    }
}
