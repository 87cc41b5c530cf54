package io.pidstream.encode;

import io.pidstream.avro.DeadLetter;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Encoding;
import io.pidstream.join.Observation;
import io.pidstream.version.ModelRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Encodes frames by the versions in effect at their time. A version that does not match its record
 * or does not fit the configuration is refused, and the previous versions stay in use. Not
 * thread-safe.
 */
final class FrameEncoders implements AutoCloseable {
    private final EncodeSettings settings;
    private final VersionSchedule schedule = new VersionSchedule();
    private final VersionEncoders encoders;

    FrameEncoders(EncodeSettings settings) {
        this.settings = settings;
        this.encoders = new VersionEncoders(settings);
    }

    /**
     * Applies the newest record of a version.
     *
     * @return a dead letter if the version is refused, else empty
     */
    Optional<DeadLetter> use(ModelVersion version) {
        long number = version.getVersion();
        schedule.put(version);
        if (!schedule.serves(number)) {
            encoders.remove(number);
            return Optional.empty();
        }
        try {
            encoders.put(number, settings.verified(version));
            return Optional.empty();
        } catch (ModelRefusedException e) {
            schedule.remove(number);
            encoders.remove(number);
            return Optional.of(settings.refusal(version, e.getMessage()));
        }
    }

    /** Encodes frames, in one batch per version; the result has their order. */
    List<List<Encoding>> encode(List<Observation> frames) {
        List<List<Long>> wanted = new ArrayList<>(frames.size());
        Map<Long, List<Integer>> rows = new TreeMap<>();
        for (int i = 0; i < frames.size(); i++) {
            List<Long> ofFrame = schedule.at(frames.get(i).slot());
            wanted.add(ofFrame);
            for (long version : ofFrame) {
                if (version != Encoding.IDENTITY) {
                    rows.computeIfAbsent(version, number -> new ArrayList<>()).add(i);
                }
            }
        }
        Map<Long, Encoding[]> encoded = new TreeMap<>();
        rows.forEach((version, of) -> encoded.put(version, encode(version, of, frames)));
        List<List<Encoding>> all = new ArrayList<>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
            List<Encoding> encodings = new ArrayList<>(wanted.get(i).size());
            for (long version : wanted.get(i)) {
                encodings.add(
                        version == Encoding.IDENTITY
                                ? Encoding.identity(frames.get(i).encoded().frame().values())
                                : encoded.get(version)[i]);
            }
            all.add(encodings);
        }
        return all;
    }

    /** The encodings by index of the frame; null for frames that this version does not encode. */
    private Encoding[] encode(long version, List<Integer> rows, List<Observation> frames) {
        Encoding[] encodings = encoders.encode(version, rows.stream().map(frames::get).toList());
        Encoding[] placed = new Encoding[frames.size()];
        for (int r = 0; r < encodings.length; r++) {
            placed[rows.get(r)] = encodings[r];
        }
        return placed;
    }

    /** See {@link VersionSchedule#heldSeconds}. */
    double heldSeconds(long version, long time) {
        return schedule.heldSeconds(version, time);
    }

    @Override
    public void close() {
        encoders.close();
    }
}
