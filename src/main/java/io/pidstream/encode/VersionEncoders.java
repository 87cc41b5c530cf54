package io.pidstream.encode;

import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelArtefact;
import io.pidstream.version.VersionEncoder;
import io.pidstream.version.VersionKinds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The networks of the versions in use, loaded on first use. Each is a separate copy that is never
 * trained. Not thread-safe.
 */
final class VersionEncoders implements AutoCloseable {
    private final Modalities modalities;
    private final String device;
    private final Map<Long, ModelArtefact> artefacts = new HashMap<>();
    private final Map<Long, VersionEncoder> loaded = new HashMap<>();

    VersionEncoders(Modalities modalities, String device) {
        this.modalities = modalities;
        this.device = device;
    }

    /**
     * Adds a verified version; a network that is already loaded with the same parameters is kept.
     */
    void put(long version, ModelArtefact artefact) {
        ModelArtefact known = artefacts.put(version, artefact);
        if (known != null && !known.manifest().sha256().equals(artefact.manifest().sha256())) {
            unload(version);
        }
    }

    /** Frees the memory of a version. */
    void remove(long version) {
        artefacts.remove(version);
        unload(version);
    }

    private VersionEncoder open(ModelArtefact version) {
        return VersionKinds.of(version).encoder(version, device);
    }

    private void unload(long version) {
        VersionEncoder encoder = loaded.remove(version);
        if (encoder != null) {
            encoder.close();
        }
    }

    /** Encodes frames with one trained version. */
    Encoding[] encode(long version, List<Frame> frames) {
        VersionEncoder encoder =
                loaded.computeIfAbsent(version, number -> open(artefacts.get(number)));
        int k = modalities.count();
        double[][][] channels = new double[frames.size()][k][];
        boolean[][] present = new boolean[frames.size()][k];
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            for (int m = 0; m < k; m++) {
                present[i][m] = frame.present().contains(m);
                int from = modalities.offset(m);
                channels[i][m] =
                        Arrays.copyOfRange(frame.values(), from, from + modalities.size(m));
            }
        }
        EncodedBatch batch = encoder.encode(channels, present);
        Encoding[] encodings = new Encoding[frames.size()];
        for (int i = 0; i < encodings.length; i++) {
            encodings[i] = encoding(version, batch, i);
        }
        return encodings;
    }

    private Encoding encoding(long version, EncodedBatch batch, int frame) {
        return new Encoding(version, batch.latents(frame), batch.shares(frame));
    }

    @Override
    public void close() {
        loaded.values().forEach(VersionEncoder::close);
        loaded.clear();
    }
}
