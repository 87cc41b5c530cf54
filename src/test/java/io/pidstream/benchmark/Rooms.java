package io.pidstream.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedFrame;

/**
 * Which part of the program a stack is in: that of the first frame from the top whose class belongs
 * to one. What the JDK does counts for whoever called it.
 */
final class Rooms {
    private static final String LEARN = "io.pidstream.learn.";
    private static final String FORECAST = "io.pidstream.forecast.";
    private static final String NONE = "JDK and all else";
    private static final String SERIALISATION = "serialisation";

    /** Packages that only a broker has; it shares the others with the clients. */
    private static final List<String> BROKER =
            List.of(
                    "kafka.",
                    "org.apache.kafka.server.",
                    "org.apache.kafka.storage.",
                    "org.apache.kafka.coordinator.",
                    "org.apache.kafka.controller.",
                    "org.apache.kafka.metadata.",
                    "org.apache.kafka.image.",
                    "org.apache.kafka.raft.",
                    "org.apache.kafka.network.");

    /** Prefix of a class to its room; the first that fits counts. */
    private static final Map<String, String> PREFIXES = prefixes();

    private Rooms() {}

    private static Map<String, String> prefixes() {
        Map<String, String> rooms = new LinkedHashMap<>();
        rooms.put("io.pidstream.admit.", "admit");
        rooms.put("io.pidstream.format.", SERIALISATION);
        rooms.put("io.pidstream.state.", SERIALISATION);
        rooms.put("io.pidstream.event.", SERIALISATION);
        rooms.put("io.pidstream.avro.", SERIALISATION);
        rooms.put("io.pidstream.kafka.ValueCodec", SERIALISATION);
        rooms.put("io.pidstream.kafka.", "Kafka clients");
        rooms.put("io.pidstream.align.", "align");
        rooms.put("io.pidstream.join.", "join labels");
        rooms.put("io.pidstream.encode.", "encode");
        rooms.put("io.pidstream.stats.", "moments and solving (stats)");
        rooms.put("io.pidstream.pid.", "decomposition (pid)");
        rooms.put("org.apache.avro.", SERIALISATION);
        rooms.put("org.apache.flink.connector.kafka.", "Kafka clients");
        rooms.put("org.apache.kafka.", "Kafka clients");
        rooms.put("org.apache.flink.runtime.state.", "Flink state and timers");
        rooms.put("org.apache.flink.streaming.api.operators.Timer", "Flink state and timers");
        rooms.put(
                "org.apache.flink.streaming.api.operators.InternalTimer", "Flink state and timers");
        rooms.put("org.apache.flink.api.common.typeutils.", SERIALISATION);
        rooms.put("org.apache.flink.", "Flink network and runtime");
        return rooms;
    }

    static String of(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = type(frame);
            if (BROKER.stream().anyMatch(type::startsWith)) {
                return "Kafka broker";
            }
        }
        for (int i = 0; i < frames.size(); i++) {
            String room = of(frames, i);
            if (room != null) {
                return room;
            }
        }
        return NONE;
    }

    private static String of(List<RecordedFrame> frames, int index) {
        String type = type(frames.get(index));
        String method = frames.get(index).getMethod().getName();
        if (type.startsWith("io.pidstream.")
                && (type.endsWith("Format")
                        || method.equals("writeTo")
                        || method.equals("readFrom"))) {
            return SERIALISATION;
        }
        if (type.startsWith(LEARN) || type.startsWith(FORECAST)) {
            return learner(frames.subList(index, frames.size()));
        }
        for (Map.Entry<String, String> entry : PREFIXES.entrySet()) {
            if (type.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** What the levels share counts for the level that called it. */
    private static String learner(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String type = type(frame);
            if (type.startsWith(FORECAST + "FleetLearner")
                    || type.startsWith(LEARN + "FleetFunction")) {
                return "learn fleet";
            }
            if (type.startsWith(FORECAST + "AssetLearner")
                    || type.startsWith(LEARN + "AssetFunction")) {
                return "learn asset";
            }
        }
        return "learn, either level";
    }

    private static String type(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }
}
