package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.ModelRefusedException;
import io.pidstream.version.StoredParameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trees in the train job; what holds for every kind is with the networks. */
class TreeTuningTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theFirstVersionHasToBeatALineAndIsThenGrownOnAllRows() {
        Outcome outcome = run(null, Samples.nonlinear(800, 0.1));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        assertThat(outcome.metrics().get("holdOutRmse"))
                .isLessThan(outcome.metrics().get("linearHoldOutRmse"));
        assertThat(outcome.metrics())
                .containsEntry("holdOutRows", 160.0)
                .containsEntry("trainingRows", 800.0);
        assertThat(outcome.artefact().manifest().shape().latent()).isEqualTo(1);
        assertThat(outcome.parent()).isNull();
    }

    @Test
    void noCandidateWhereALineIsBetter() {
        Outcome outcome = run(null, Samples.linear(300));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.NOT_BETTER);
        assertThat(VersionRecord.of(outcome, Samples.ofTrees(), 1, TIME, TIME, "a test"))
                .extracting(version -> version.getModalities().get(0).getLatent())
                .isEqualTo(1);
    }

    /** The active one was grown on the rows of the comparison, and would win by that alone. */
    @Test
    void theNextIsComparedWithALineAgain() {
        ModelVersion active = active(run(null, Samples.nonlinear(400, 0.1)));
        Outcome outcome = run(active, Samples.nonlinear(800, 0.1));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        assertThat(outcome.reason()).contains("a linear regression on the channels has");
        assertThat(outcome.parent()).isNull();
        assertThat(outcome.artefact().manifest().sha256()).isNotEqualTo(active.getSha256());
    }

    @Test
    void theSameRowsGiveTheSameVersionWhateverTheirOrderOfArrival() {
        List<TrainingSample> samples = Samples.nonlinear(400, 0.1);
        Outcome first = run(null, samples);
        Outcome second = run(null, Samples.shuffled(samples, 3));
        assertThat(second.artefact().parameters()).isEqualTo(first.artefact().parameters());
        assertThat(second.metrics()).isEqualTo(first.metrics());
    }

    @Test
    void aVersionOfOtherChannelsIsRefusedInOneSentence() {
        ModelVersion active = active(run(null, Samples.nonlinear(400, 0.1)));
        var artefact = ModelRecords.toArtefact(active, new StoredParameters());
        Map<String, List<String>> other = Map.of("mox", List.of("a", "b"));
        assertThatThrownBy(() -> artefact.manifest().shape().requireFits(other, List.of("co")))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("the modalities are [mox, env]; the configuration has [mox]");
    }

    @Test
    void stopsWhenItIsCancelled() {
        Outcome outcome =
                new FineTuning(Samples.ofTrees(), "cpu")
                        .run(Samples.rows(Samples.nonlinear(200, 0.1)), null, () -> true);
        assertThat(outcome.ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void valuesThatOverflowEndTheAttemptOnly() {
        List<TrainingSample> samples = Samples.nonlinear(200, 0.1);
        samples.forEach(sample -> sample.setTarget(sample.getTarget() * 1e200));
        Outcome outcome = run(null, samples);
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.NOT_FINITE);
    }

    private static Outcome run(ModelVersion active, List<TrainingSample> samples) {
        return new FineTuning(Samples.ofTrees(), "cpu")
                .run(Samples.rows(samples), active, () -> false);
    }

    private static ModelVersion active(Outcome outcome) {
        ModelVersion record = VersionRecord.of(outcome, Samples.ofTrees(), 3, TIME, TIME, "a test");
        record.setState(ModelState.ACTIVE);
        return record;
    }
}
