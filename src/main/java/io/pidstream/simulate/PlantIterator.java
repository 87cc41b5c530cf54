package io.pidstream.simulate;

import io.pidstream.avro.Label;
import io.pidstream.avro.Reading;
import io.pidstream.event.Targets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/** Runs a plant slot by slot; after the last slot of readings come the outstanding labels. */
final class PlantIterator implements Iterator<Slot> {
    private final SimulatedPlant plant;
    private final PlantSettings settings;
    private final long count;
    private final PressProcess[] presses;
    private final SplittableRandom[] losses;
    private final Deque<Label> owed = new ArrayDeque<>();

    private long next;

    PlantIterator(SimulatedPlant plant, PlantSettings settings, long count) {
        this.plant = plant;
        this.settings = settings;
        this.count = count;
        this.presses = new PressProcess[settings.assets()];
        this.losses = new SplittableRandom[settings.assets()];
        SplittableRandom root = new SplittableRandom(settings.seed());
        for (int a = 0; a < presses.length; a++) {
            presses[a] = new PressProcess(a, root.split());
            losses[a] = root.split();
        }
    }

    @Override
    public boolean hasNext() {
        return next < count || !owed.isEmpty();
    }

    @Override
    public Slot next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the plant stops after " + count + " slots");
        }
        Instant time = settings.start().plus(settings.period().multipliedBy(next));
        List<Reading> readings = new ArrayList<>();
        if (next < count) {
            for (int a = 0; a < presses.length; a++) {
                measure(a, time, readings);
            }
        }
        next++;
        List<Label> labels = new ArrayList<>();
        while (!owed.isEmpty() && !owed.peek().getRecordedAt().isAfter(time)) {
            labels.add(owed.remove());
        }
        return new Slot(time, readings, labels);
    }

    private void measure(int asset, Instant time, List<Reading> readings) {
        PressProcess press = presses[asset];
        press.advance();
        owed.add(
                Targets.label(
                        SimulatedPlant.assetName(asset),
                        time,
                        time.plus(settings.labelDelay()),
                        Press.TARGET_LEVEL + Press.TARGET_SPREAD * press.target()));
        int sensor = 0;
        for (int m = 0; m < Press.MODALITY_NAMES.size(); m++) {
            SensorSchedule.State state = plant.schedule().state(asset, m, time);
            List<Double> values = new ArrayList<>();
            while (sensor < Press.SENSORS.size() && Press.SENSORS.get(sensor).modality() == m) {
                Sensor channel = Press.SENSORS.get(sensor);
                Calibration calibration =
                        Calibration.of(settings.seed(), asset, sensor, state.replacements());
                values.add(
                        channel.level()
                                + channel.spread()
                                        * (calibration.offset()
                                                + calibration.gain()
                                                        * press.observe(channel, state.loose())));
                sensor++;
            }
            if (arrives(losses[asset], values)) {
                readings.add(
                        new Reading(
                                SimulatedPlant.assetName(asset),
                                Press.MODALITY_NAMES.get(m),
                                time,
                                values));
            }
        }
    }

    /** Whether the reading arrives at all; if it does, it may lack a value. */
    private boolean arrives(SplittableRandom loss, List<Double> values) {
        double draw = loss.nextDouble();
        int channel = loss.nextInt(values.size());
        if (draw < settings.missing() / 2) {
            return false;
        }
        if (draw < settings.missing()) {
            values.set(channel, null);
        }
        return true;
    }
}
