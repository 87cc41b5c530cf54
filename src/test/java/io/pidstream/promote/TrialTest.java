package io.pidstream.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialTest {
    /** 2,000 runs of 1,000 looks at level 5 %: at most 5 % and three standard errors, 1.5 %. */
    @Test
    void lookingAfterEveryLabelDoesNotFindWhatIsNotThere() {
        int found = 0;
        Random random = new Random(1);
        for (int run = 0; run < 2000; run++) {
            BettingTest test = new BettingTest();
            for (int t = 0; t < 1000; t++) {
                test.add(random.nextBoolean() ? 0.6 : -0.6, 1);
            }
            found += test.rejectsAt(0.05) ? 1 : 0;
        }
        assertThat(found / 2000.0).isBetween(0.0, 0.065);
    }

    @Test
    void aSmallAdvantageIsFound() {
        Random random = new Random(2);
        BettingTest test = new BettingTest();
        for (int t = 0; t < 5000; t++) {
            test.add(Math.max(-1, Math.min(1, 0.05 + 0.5 * random.nextGaussian())), 1);
        }
        assertThat(test.rejectsAt(0.01)).isTrue();
    }

    @Test
    void differencesBeyondTheirBoundAreRefused() {
        assertThatThrownBy(() -> new BettingTest().add(1.5, 1)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new BettingTest().add(Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new BettingTest().add(1, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void theBetterOneIsFoundAndTheWorseOneToo() {
        assertThat(verdict(0.9, 1)).isEqualTo(Trial.Verdict.BETTER);
        assertThat(verdict(1, 0.9)).isEqualTo(Trial.Verdict.WORSE);
    }

    private static Trial.Verdict verdict(double challenger, double incumbent) {
        Random random = new Random(3);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 3000; t++) {
            trial.add(labels(random, challenger, incumbent), 0);
        }
        return trial.verdict(0.01, 10_000);
    }

    /** Two labels, and predictions that are off by as much. */
    private static List<Trial.Pair> labels(Random random, double challenger, double incumbent) {
        List<Trial.Pair> labels = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            double truth = 10 * random.nextGaussian();
            labels.add(
                    new Trial.Pair(
                            0,
                            truth,
                            truth + challenger * random.nextGaussian(),
                            truth + incumbent * random.nextGaussian()));
        }
        return labels;
    }

    /**
     * Similar versions: the unpredictable noise is ten times their difference, and one has a mean
     * absolute error that is lower by 1 %.
     */
    @Test
    void aSmallAdvantageInNoiseThatBothShareIsFound() {
        Random random = new Random(6);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 2000; t++) {
            double known = random.nextGaussian();
            double truth = known + 5 * random.nextGaussian();
            trial.add(List.of(new Trial.Pair(0, truth, known, 0)), 100);
        }
        assertThat(trial.metrics().get("trialMae") / trial.metrics().get("trialIncumbentMae"))
                .isBetween(0.97, 0.995);
        assertThat(trial.verdict(0.01, 10_000)).isEqualTo(Trial.Verdict.BETTER);
    }

    /** 1,000 trials of 500 labels between versions that are equally good, at a level of 5 %. */
    @Test
    void equalsAreSeldomFoundBetter() {
        int found = 0;
        Random random = new Random(7);
        for (int run = 0; run < 1000; run++) {
            Trial trial = new Trial(2, 1);
            for (int t = 0; t < 500; t++) {
                trial.add(labels(random, 1, 1), 0);
            }
            found += trial.verdict(0.05, 10_000) == Trial.Verdict.BETTER ? 1 : 0;
        }
        assertThat(found / 1000.0).isLessThan(0.05 + 0.02);
    }

    /**
     * 500 trials of 1,500 labels at a level of 1 %, of versions that are equally good on average:
     * the unpredictable part is correlated over about ten instants, and so is the lead. A bet on
     * every instant finds one of them better in every second trial.
     */
    @Test
    void equalsAreSeldomFoundBetterWhereNeighboursDepend() {
        int found = 0;
        Random random = new Random(10);
        for (int run = 0; run < 500; run++) {
            Trial trial = new Trial(2, 1);
            double truth = 0;
            double ahead = 0;
            for (int t = 0; t < 1500; t++) {
                truth = 0.8 * truth + 0.6 * random.nextGaussian();
                ahead = 0.9 * ahead + 0.44 * random.nextGaussian();
                trial.add(List.of(new Trial.Pair(0, truth, 0.2 * ahead, -0.2 * ahead)), 100);
            }
            found += trial.verdict(0.01, 10_000) == Trial.Verdict.BETTER ? 1 : 0;
        }
        assertThat(found / 500.0).isLessThan(0.03);
    }

    @Test
    void targetsCountInTheirOwnUnits() {
        Random random = new Random(8);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 1000; t++) {
            double small = random.nextGaussian();
            double large = 1e6 * random.nextGaussian();
            trial.add(
                    List.of(
                            new Trial.Pair(
                                    0, small, small + 0.5 * random.nextGaussian(), small + 1),
                            new Trial.Pair(1, large, large + 1e6, large - 1e6)),
                    0);
        }
        assertThat(trial.verdict(0.01, 10_000)).isEqualTo(Trial.Verdict.BETTER);
        assertThat(trial.inWords())
                .contains("over 1,000 labels for the first of 2 targets; error over all targets -");
    }

    @Test
    void twoOfAKindStayUndecided() {
        Random random = new Random(4);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 999; t++) {
            trial.add(labels(random, 1, 1), 0);
        }
        assertThat(trial.verdict(0.01, 1000)).isEqualTo(Trial.Verdict.OPEN);
        trial.add(labels(random, 1, 1), 0);
        assertThat(trial.verdict(0.01, 1000)).isEqualTo(Trial.Verdict.UNDECIDED);
    }

    @Test
    void versionsWithEqualPredictionsAreNeverSeparated() {
        Random random = new Random(9);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 100; t++) {
            trial.add(List.of(new Trial.Pair(0, random.nextGaussian(), 1, 1)), 0);
        }
        assertThat(trial.metrics()).containsEntry("trialEvidenceBetter", 0.0);
    }

    @Test
    void predictionsThatAreInfinitelyFarApartAreNotBetOn() {
        Random random = new Random(11);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 100; t++) {
            trial.add(labels(random, 1, 1), 0);
        }
        double evidence = trial.metrics().get("trialEvidenceBetter");
        trial.add(List.of(new Trial.Pair(0, 0, 1e308, -1e308)), 0);
        assertThat(trial.metrics()).containsEntry("trialEvidenceBetter", evidence);
        assertThat(trial.metrics().get("trialAdvantage")).isFinite();
    }

    @Test
    void warmingUpDoesNotCount() {
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 100; t++) {
            trial.add(List.of(new Trial.Pair(0, 0, 100, 1)), 100);
        }
        assertThat(trial.metrics()).doesNotContainKey("trialMae");
        trial.add(List.of(new Trial.Pair(0, 0, 2, 1)), 100);
        assertThat(trial.metrics()).containsEntry("trialMae", 2.0);
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() throws IOException {
        Trial one = new Trial(2, 1);
        Random random = new Random(5);
        for (int t = 0; t < 50; t++) {
            one.add(labels(random, 1, 0.9), 10);
        }
        Trial other = Trial.FORMAT.copy(one);
        List<Trial.Pair> next = labels(random, 1, 1);
        one.add(next, 10);
        other.add(next, 10);
        assertThat(other.metrics()).isEqualTo(one.metrics());
        assertThat(other.challenger()).isEqualTo(2);
        assertThat(other.inWords()).isEqualTo(one.inWords());
    }
}
