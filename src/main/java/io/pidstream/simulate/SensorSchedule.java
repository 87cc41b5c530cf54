package io.pidstream.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which sensors are loose or replaced at any time, computed from the settings. */
final class SensorSchedule {
    /**
     * State of the sensors of one modality of one asset.
     *
     * @param loose whether they no longer follow the asset
     * @param replacements number of replacements
     */
    record State(boolean loose, long replacements) {}

    private final PlantSettings settings;

    SensorSchedule(PlantSettings settings) {
        this.settings = settings;
    }

    State state(int asset, int modality, Instant time) {
        Duration elapsed = Duration.between(settings.start(), time);
        long loosened = 0;
        long replaced = 0;
        for (SensorFault fault : settings.faults()) {
            if (fault.modality() == modality) {
                loosened += occurrences(fault, fault.looseAfter(), asset, elapsed);
                replaced += occurrences(fault, fault.replacedAfter(), asset, elapsed);
            }
        }
        return new State(loosened > replaced, replaced);
    }

    /** How often {@code fault} has reached its moment {@code after} at this asset. */
    private long occurrences(SensorFault fault, Duration after, int asset, Duration elapsed) {
        if (settings.repeatEvery() == null) {
            return fault.asset() == asset && elapsed.compareTo(after) >= 0 ? 1 : 0;
        }
        // It occurs at this asset in every round r with (fault.asset + r) mod assets = asset.
        int firstRound = Math.floorMod(asset - fault.asset(), settings.assets());
        Duration first = after.plus(settings.repeatEvery().multipliedBy(firstRound));
        Duration since = elapsed.minus(first);
        return since.isNegative()
                ? 0
                : 1 + since.dividedBy(settings.repeatEvery().multipliedBy(settings.assets()));
    }

    /** Events with from ≤ time &lt; to, in order of time. */
    List<ScenarioEvent> events(Instant from, Instant to) {
        List<ScenarioEvent> events = new ArrayList<>();
        long round = 0;
        Duration shift = Duration.ZERO;
        do {
            for (SensorFault fault : settings.faults()) {
                int asset = (int) ((fault.asset() + round) % settings.assets());
                add(events, fault, asset, shift);
            }
            round++;
            if (settings.repeatEvery() != null) {
                shift = settings.repeatEvery().multipliedBy(round);
            }
        } while (settings.repeatEvery() != null && settings.start().plus(shift).isBefore(to));
        events.removeIf(event -> event.time().isBefore(from) || !event.time().isBefore(to));
        events.sort(Comparator.comparing(ScenarioEvent::time));
        return events;
    }

    private void add(List<ScenarioEvent> events, SensorFault fault, int asset, Duration shift) {
        String name = SimulatedPlant.assetName(asset);
        String modality = Press.MODALITY_NAMES.get(fault.modality());
        Instant begin = settings.start().plus(shift);
        events.add(
                ScenarioEvent.of(
                        begin.plus(fault.looseAfter()), name, modality, ScenarioEvent.Kind.LOOSE));
        events.add(
                ScenarioEvent.of(
                        begin.plus(fault.replacedAfter()),
                        name,
                        modality,
                        ScenarioEvent.Kind.REPLACED));
    }
}
