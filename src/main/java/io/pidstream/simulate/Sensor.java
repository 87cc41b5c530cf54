package io.pidstream.simulate;

/**
 * One channel of a press as it leaves the factory: level + spread·mixture.
 *
 * @param modality number of its modality
 * @param name the channel's name
 * @param unit its unit, for people
 * @param level mean, in the unit
 * @param spread standard deviation, in the unit
 * @param mixture what it sees
 */
record Sensor(
        int modality, String name, String unit, double level, double spread, Mixture mixture) {}
