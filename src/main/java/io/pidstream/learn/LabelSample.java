package io.pidstream.learn;

import io.pidstream.join.Observation;
import io.pidstream.stats.Draw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The labels of an instant that the fleet learns from: all of them, or so many that the fleet's
 * work per instant does not grow with the number of assets. Which ones depends on the asset and the
 * time of the frame only, so another asset comes into play at every instant, and the sample is the
 * same whatever the parallelism.
 */
final class LabelSample {
    private static final long SEED = 17;

    private LabelSample() {}

    /**
     * Takes a sample.
     *
     * @param labelled in the order of learning
     * @param most size of the sample
     * @return in the same order
     */
    static List<Observation> of(List<Observation> labelled, int most) {
        if (labelled.size() <= most) {
            return labelled;
        }
        long[] numbers = new long[labelled.size()];
        List<Integer> places = new ArrayList<>(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Draw.of(labelled.get(i).asset(), labelled.get(i).slot(), SEED);
            places.add(i);
        }
        places.sort(Comparator.comparingLong(i -> numbers[i]));
        return places.subList(0, most).stream().sorted().map(labelled::get).toList();
    }
}
