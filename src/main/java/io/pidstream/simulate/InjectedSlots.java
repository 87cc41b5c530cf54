package io.pidstream.simulate;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The output of a plant with an injected shift. The usual values are learned from the slots before
 * the shift whose labels have arrived. Where rows of a file would be permuted, readings are taken
 * from a random earlier slot of the same asset.
 */
public final class InjectedSlots implements Iterator<Slot> {
    /** Slots of each asset from which R1 draws. */
    private static final int DONORS = 500;

    private final Iterator<Slot> slots;
    private final Instant begin;
    private final Disturbance disturbance;
    private final Random random;
    private final Map<String, List<double[]>> donors = new HashMap<>();
    private final Map<String, double[]> newest = new HashMap<>();

    /** Frames whose labels have not arrived, by asset and time. */
    private final Map<String, double[]> waiting = new HashMap<>();

    private long since;

    /**
     * @param injection the injection, with a time after which it happens
     * @param start time of the first slot
     */
    public InjectedSlots(Iterator<Slot> slots, Injection injection, Instant start) {
        this.slots = slots;
        begin = start.plus(injection.after());
        var modalities = SimulatedPlant.modalities();
        disturbance =
                new Disturbance(
                        injection, 0, modalities.size(0), modalities.size(0), modalities.size(1));
        random = new Random(injection.scenario().seed());
    }

    @Override
    public boolean hasNext() {
        return slots.hasNext();
    }

    @Override
    public Slot next() {
        Slot slot = slots.next();
        boolean shifted = !slot.time().isBefore(begin);
        for (Label label : slot.labels()) {
            double[] channels = waiting.remove(label.getAsset() + label.getTime());
            if (channels != null) {
                disturbance.learn(channels, label.getValue());
            }
        }
        List<Reading> readings = new ArrayList<>();
        int from = 0;
        while (from < slot.readings().size()) {
            String asset = slot.readings().get(from).getAsset();
            int to = from;
            while (to < slot.readings().size()
                    && slot.readings().get(to).getAsset().equals(asset)) {
                to++;
            }
            readings.addAll(frame(asset, slot, slot.readings().subList(from, to), shifted));
            from = to;
        }
        since += shifted ? 1 : 0;
        return new Slot(slot.time(), readings, slot.labels());
    }

    private List<Reading> frame(String asset, Slot slot, List<Reading> readings, boolean shifted) {
        double[] channels = channels(readings);
        List<double[]> earlier = donors.computeIfAbsent(asset, name -> new ArrayList<>());
        if (!shifted || earlier.isEmpty()) {
            waiting.put(asset + slot.time(), channels);
            earlier.add(channels);
            if (earlier.size() > DONORS) {
                earlier.remove(0);
            }
            double[] known = newest.computeIfAbsent(asset, name -> channels.clone());
            for (int c = 0; c < channels.length; c++) {
                known[c] = Double.isNaN(channels[c]) ? known[c] : channels[c];
            }
            return readings;
        }
        double[] donor = earlier.get(random.nextInt(earlier.size()));
        disturbance.apply(channels, donor, newest.get(asset), since);
        List<Reading> changed = new ArrayList<>();
        for (Reading reading : readings) {
            int m = SimulatedPlant.modalities().indexOf(reading.getModality());
            int offset = SimulatedPlant.modalities().offset(m);
            List<Double> values = new ArrayList<>();
            for (int c = 0; c < reading.getValues().size(); c++) {
                double value = channels[offset + c];
                boolean missing = reading.getValues().get(c) == null || Double.isNaN(value);
                values.add(missing ? null : (Double) value);
            }
            changed.add(new Reading(asset, reading.getModality(), reading.getTime(), values));
        }
        return changed;
    }

    private static double[] channels(List<Reading> readings) {
        double[] channels = new double[SimulatedPlant.modalities().channelCount()];
        Arrays.fill(channels, Double.NaN);
        for (Reading reading : readings) {
            int m = SimulatedPlant.modalities().indexOf(reading.getModality());
            int offset = SimulatedPlant.modalities().offset(m);
            for (int c = 0; c < reading.getValues().size(); c++) {
                Double value = reading.getValues().get(c);
                channels[offset + c] = value == null ? Double.NaN : value;
            }
        }
        return channels;
    }
}
