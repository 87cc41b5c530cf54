package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import io.pidstream.avro.TrainingSample;
import io.pidstream.version.ModelRecords;
import io.pidstream.version.StoredParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningIT {
    @TempDir Path directory;

    @Test
    void theFirstVersionHasToBeatALine() {
        Outcome outcome = run(8, null, Samples.nonlinear(800, 0.1));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        assertThat(outcome.metrics().get("holdOutRmse"))
                .isLessThan(outcome.metrics().get("linearHoldOutRmse"));
        assertThat(outcome.metrics()).containsEntry("holdOutRows", 160.0);
        assertThat(outcome.parent()).isNull();
    }

    @Test
    void noCandidateWhereALineIsBetter() {
        Outcome outcome = run(8, null, Samples.linear(300));
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.NOT_BETTER);
    }

    @Test
    void theSameRowsGiveTheSameVersionWhateverTheirOrderOfArrival() {
        var samples = Samples.nonlinear(200, 0.1);
        Outcome first = run(8, null, samples);
        Outcome second = run(8, null, Samples.shuffled(samples, 3));
        assertThat(second.artefact().manifest()).isEqualTo(first.artefact().manifest());
        assertThat(second.metrics()).isEqualTo(first.metrics());
    }

    @Test
    void goesOnFromTheActiveVersionAndIsComparedWithIt() {
        ModelVersion active = active(run(8, null, Samples.nonlinear(200, 0.1)));
        Outcome outcome = run(8, active, Samples.nonlinear(800, 0.1));
        assertThat(outcome.parent()).isEqualTo(3);
        assertThat(outcome.metrics()).containsKeys("holdOutRmse", "activeHoldOutRmse");
        assertThat(outcome.reason()).contains("the active version 3 has");
    }

    @Test
    void anActiveVersionOfAnotherSizeIsComparedWithOnly() {
        ModelVersion active = active(run(6, null, Samples.nonlinear(200, 0.1)));
        Outcome outcome = run(8, active, Samples.nonlinear(200, 0.1));
        assertThat(outcome.parent()).isNull();
        assertThat(outcome.metrics()).containsKey("activeHoldOutRmse");
    }

    @Test
    void anActiveVersionThatCannotBeLoadedEndsTheAttempt() {
        ModelVersion active = active(run(8, null, Samples.nonlinear(200, 0.1)));
        active.setParameters(null);
        active.setUri(directory.resolve("none").toUri().toString());
        Outcome outcome = run(8, active, Samples.nonlinear(200, 0.1));
        assertThat(outcome.ending()).isEqualTo(Ending.ACTIVE_REFUSED);
        assertThat(outcome.reason()).contains("there is no such file");
    }

    @Test
    void tooFewRowsAreReported() {
        Outcome outcome = run(8, null, Samples.nonlinear(20, 0.1));
        assertThat(outcome.ending()).isEqualTo(Ending.TOO_FEW_SAMPLES);
        assertThat(outcome.reason()).contains("20 labelled frames, at least 64");
    }

    @Test
    void valuesThatOverflowEndTheAttemptOnly() {
        var samples = Samples.nonlinear(200, 0.1);
        samples.forEach(sample -> sample.setTarget(sample.getTarget() * 1e200));
        Outcome outcome = run(8, null, samples);
        assertThat(outcome.ending()).as(outcome.reason()).isNotEqualTo(Ending.CANDIDATE);
    }

    @Test
    void stopsWhenItIsCancelled() {
        Outcome outcome =
                new FineTuning(Samples.settings(1, null, 8), "cpu")
                        .run(Samples.rows(Samples.nonlinear(200, 0.1)), null, () -> true);
        assertThat(outcome.ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void largeParametersAreStoredUnderTheirHash() throws Exception {
        String artefacts = directory.resolve("models").toUri().toString();
        Outcome outcome =
                new FineTuning(Samples.settings(1, artefacts, 400, 400), "cpu")
                        .run(Samples.rows(Samples.nonlinear(800, 0.1)), null, () -> false);
        assertThat(outcome.ending()).as(outcome.reason()).isEqualTo(Ending.CANDIDATE);
        String hash = outcome.artefact().manifest().sha256();
        assertThat(outcome.uri()).endsWith("/models/" + hash);
        assertThat(directory.resolve("models")).isDirectoryContaining("glob:**/" + hash);
        assertThat(Files.list(directory.resolve("models"))).hasSize(1);
        ModelVersion record = active(outcome);
        assertThat(record.getParameters()).isNull();
        assertThat(ModelRecords.toArtefact(record, new StoredParameters()).manifest().sha256())
                .isEqualTo(hash);
    }

    @Test
    void largeParametersWithoutADirectoryAreRejected() {
        Outcome outcome =
                new FineTuning(Samples.settings(1, null, 400, 400), "cpu")
                        .run(Samples.rows(Samples.nonlinear(800, 0.1)), null, () -> false);
        assertThat(outcome.ending()).isEqualTo(Ending.NOT_STORED);
        assertThat(outcome.reason()).startsWith("encoder.artefacts: missing");
    }

    private static Outcome run(int hidden, ModelVersion active, List<TrainingSample> samples) {
        return new FineTuning(Samples.settings(1, null, hidden), "cpu")
                .run(Samples.rows(samples), active, () -> false);
    }

    private static ModelVersion active(Outcome outcome) {
        return ModelRecords.toRecord(
                outcome.artefact(),
                3,
                ModelState.ACTIVE,
                Instant.EPOCH,
                Instant.EPOCH,
                outcome.uri(),
                "");
    }
}
