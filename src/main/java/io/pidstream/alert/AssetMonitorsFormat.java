package io.pidstream.alert;

import io.pidstream.event.Formats;
import io.pidstream.format.BinaryFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes what is watched of an asset into state. */
public final class AssetMonitorsFormat implements BinaryFormat<AssetMonitors> {
    private static final long serialVersionUID = 1;

    @Override
    public Class<AssetMonitors> type() {
        return AssetMonitors.class;
    }

    @Override
    public void write(AssetMonitors value, DataOutput out) throws IOException {
        value.writeTo(out);
    }

    @Override
    public AssetMonitors read(DataInput in) throws IOException {
        return AssetMonitors.readFrom(in);
    }

    @Override
    public AssetMonitors copy(AssetMonitors value) {
        return Formats.copy(this, value);
    }

    @Override
    public boolean immutable() {
        return false;
    }
}
