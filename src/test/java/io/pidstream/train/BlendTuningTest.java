package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network and trees together in the train job; what holds for every kind is with networks. */
class BlendTuningTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theFirstVersionHasToBeatALineOnRowsThatNoPartHasSeen() {
        Outcome outcome = run(null, Samples.nonlinear(600, 0.1));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        assertThat(outcome.metrics().get("holdOutRmse"))
                .isLessThan(outcome.metrics().get("linearHoldOutRmse"));
        assertThat(outcome.metrics()).containsEntry("holdOutRows", 120.0);
        assertThat(outcome.metrics().get("weightOfTrees")).isBetween(0.0, 1.0);
        assertThat(outcome.artefact().manifest().shape().latent()).isEqualTo(9);
        assertThat(outcome.parent()).isNull();
    }

    @Test
    void noCandidateWhereALineIsBetter() {
        Outcome outcome = run(null, Samples.linear(300));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.NOT_BETTER);
        assertThat(VersionRecord.of(outcome, Samples.ofBoth(), 1, TIME, TIME, "a test"))
                .extracting(version -> version.getModalities().get(0).getLatent())
                .isEqualTo(9);
    }

    /** The trees of the active one were grown on the rows of the comparison. */
    @Test
    void theNextIsTrainedFromScratchAndComparedWithALineAgain() {
        ModelVersion active = active(run(null, Samples.nonlinear(400, 0.1)));
        Outcome outcome = run(active, Samples.nonlinear(600, 0.1));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        assertThat(outcome.reason()).contains("a linear regression on the channels has");
        assertThat(outcome.parent()).isNull();
    }

    @Test
    void theSameRowsGiveTheSameVersionWhateverTheirOrderOfArrival() {
        List<TrainingSample> samples = Samples.nonlinear(400, 0.1);
        Outcome first = run(null, samples);
        Outcome second = run(null, Samples.shuffled(samples, 3));
        assertThat(second.artefact().parameters()).isEqualTo(first.artefact().parameters());
        assertThat(second.metrics()).isEqualTo(first.metrics());
    }

    private static Outcome run(ModelVersion active, List<TrainingSample> samples) {
        return new FineTuning(Samples.ofBoth(), "cpu")
                .run(Samples.rows(samples), active, () -> false);
    }

    private static ModelVersion active(Outcome outcome) {
        ModelVersion record = VersionRecord.of(outcome, Samples.ofBoth(), 3, TIME, TIME, "a test");
        record.setState(ModelState.ACTIVE);
        return record;
    }
}
