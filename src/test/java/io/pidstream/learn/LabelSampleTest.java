package io.pidstream.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.join.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LabelSampleTest {
    private static final int ASSETS = 60;

    @Test
    void fewLabelsAreAllLearned() {
        List<Observation> labels = labels(0, ASSETS);
        assertThat(LabelSample.of(labels, ASSETS)).isSameAs(labels);
    }

    @Property(tries = 50)
    void aSampleHasItsSizeAndTheOrderOfItsLabels(
            @ForAll @IntRange(min = 1, max = ASSETS) int most,
            @ForAll @IntRange(max = 1000) int slot) {
        List<Observation> labels = labels(slot, ASSETS);
        List<Observation> sample = LabelSample.of(labels, most);
        assertThat(sample)
                .hasSize(most)
                .isSubsetOf(labels)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(Observation::asset));
    }

    /** A label that is in a sample is in the one of fewer labels, too. */
    @Property(tries = 50)
    void theSampleOfAnInstantDependsOnItsLabelsOnly(@ForAll @IntRange(max = 1000) int slot) {
        List<Observation> sample = LabelSample.of(labels(slot, ASSETS), 20);
        List<Observation> fewer = labels(slot, ASSETS / 2);
        Set<String> expected = new HashSet<>();
        for (Observation observation : sample) {
            if (fewer.contains(observation)) {
                expected.add(observation.asset());
            }
        }
        assertThat(LabelSample.of(fewer, 20).stream().map(Observation::asset))
                .containsAll(expected);
    }

    @Test
    void everyAssetComesIntoPlay() {
        int[] times = new int[ASSETS];
        for (int slot = 0; slot < 600; slot++) {
            for (Observation observation : LabelSample.of(labels(slot, ASSETS), 20)) {
                times[Integer.parseInt(observation.asset().substring(1))]++;
            }
        }
        // 200 times of 600 each, with a standard deviation of 11.5.
        assertThat(Arrays.stream(times).boxed()).allSatisfy(n -> assertThat(n).isBetween(150, 250));
    }

    private static List<Observation> labels(int slot, int assets) {
        List<Observation> labels = new ArrayList<>();
        for (int a = 0; a < assets; a++) {
            labels.add(Turns.label("a%02d".formatted(a), 10 * slot, 0));
        }
        return labels;
    }
}
