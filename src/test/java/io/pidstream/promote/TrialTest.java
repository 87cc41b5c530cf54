package io.pidstream.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
                test.add(random.nextBoolean() ? 0.6 : -0.6);
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
            test.add(Math.max(-1, Math.min(1, 0.05 + 0.5 * random.nextGaussian())));
        }
        assertThat(test.rejectsAt(0.01)).isTrue();
    }

    @Test
    void differencesBeyondOneAreRefused() {
        assertThatThrownBy(() -> new BettingTest().add(1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new BettingTest().add(Double.NaN)).hasMessageContaining("NaN");
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
            trial.add(errors(random, challenger), errors(random, incumbent), 0);
        }
        return trial.verdict(0.01, 10_000);
    }

    private static double[] errors(Random random, double scale) {
        return new double[] {
            scale * Math.abs(random.nextGaussian()), scale * Math.abs(random.nextGaussian())
        };
    }

    @Test
    void twoOfAKindStayUndecided() {
        Random random = new Random(4);
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 999; t++) {
            trial.add(errors(random, 1), errors(random, 1), 0);
        }
        assertThat(trial.verdict(0.01, 1000)).isEqualTo(Trial.Verdict.OPEN);
        trial.add(errors(random, 1), errors(random, 1), 0);
        assertThat(trial.verdict(0.01, 1000)).isEqualTo(Trial.Verdict.UNDECIDED);
    }

    @Test
    void warmingUpDoesNotCount() {
        Trial trial = new Trial(2, 1);
        for (int t = 0; t < 100; t++) {
            trial.add(new double[] {100}, new double[] {1}, 100);
        }
        assertThat(trial.metrics()).doesNotContainKey("trialMae");
        trial.add(new double[] {2}, new double[] {1}, 100);
        assertThat(trial.metrics()).containsEntry("trialMae", 2.0);
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() throws IOException {
        Trial one = new Trial(2, 1);
        Random random = new Random(5);
        for (int t = 0; t < 50; t++) {
            one.add(errors(random, 1), errors(random, 0.9), 10);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        one.writeTo(new DataOutputStream(bytes));
        Trial other =
                Trial.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        double[] a = errors(random, 1);
        double[] b = errors(random, 1);
        one.add(a, b, 10);
        other.add(a, b, 10);
        assertThat(other.metrics()).isEqualTo(one.metrics());
        assertThat(other.challenger()).isEqualTo(2);
        assertThat(other.inWords()).isEqualTo(one.inWords());
    }
}
