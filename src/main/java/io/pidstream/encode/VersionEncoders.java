package io.pidstream.encode;

import io.pidstream.event.Encoding;
import io.pidstream.event.Frame;
import io.pidstream.event.Modalities;
import io.pidstream.join.Observation;
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
    private final EncodeSettings settings;
    private final Map<Long, ModelArtefact> artefacts = new HashMap<>();
    private final Map<Long, VersionEncoder> loaded = new HashMap<>();

    VersionEncoders(EncodeSettings settings) {
        this.settings = settings;
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
        return VersionKinds.of(version).encoder(version, settings.device());
    }

    private void unload(long version) {
        VersionEncoder encoder = loaded.remove(version);
        if (encoder != null) {
            encoder.close();
        }
    }

    /** Encodes frames with one trained version. */
    Encoding[] encode(long version, List<Observation> frames) {
        VersionEncoder encoder =
                loaded.computeIfAbsent(version, number -> open(artefacts.get(number)));
        int k = encoder.artefact().manifest().shape().count();
        double[][][] channels = new double[frames.size()][k][];
        boolean[][] present = new boolean[frames.size()][k];
        for (int i = 0; i < frames.size(); i++) {
            row(frames.get(i), channels[i], present[i]);
        }
        EncodedBatch batch = encoder.encode(channels, present);
        boolean shared = VersionKinds.of(encoder.artefact()).encodesAsPredictions();
        long space = shared ? Encoding.SHARED : version;
        Encoding[] encodings = new Encoding[frames.size()];
        for (int i = 0; i < encodings.length; i++) {
            encodings[i] = encoding(version, space, batch, i);
        }
        return encodings;
    }

    /** The channels of the sensors, and what was known of the target if the version reads it. */
    private void row(Observation observation, double[][] channels, boolean[] present) {
        Frame frame = observation.encoded().frame();
        Modalities sensors = settings.sensors();
        for (int m = 0; m < sensors.count(); m++) {
            present[m] = frame.present().contains(m);
            int from = sensors.offset(m);
            channels[m] = Arrays.copyOfRange(frame.values(), from, from + sensors.size(m));
        }
        if (present.length > sensors.count() && observation.known() != null) {
            present[sensors.count()] = true;
            channels[sensors.count()] = observation.past(settings.order().period());
        }
    }

    private static Encoding encoding(long version, long space, EncodedBatch batch, int frame) {
        return new Encoding(version, space, batch.latents(frame), batch.shares(frame));
    }

    @Override
    public void close() {
        loaded.values().forEach(VersionEncoder::close);
        loaded.clear();
    }
}
