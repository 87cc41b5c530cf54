package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.avro.TrainingSample;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.version.TrainingSamples;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledRowTest {
    /** As a version sees it that encodes the target's own past. */
    @Test
    void thePastIsOneMoreModality() {
        var modalities = MODALITIES.with(new Modality("history", List.of("co", "age")));
        TrainingSample sample = Samples.sample("x", 1, 5, 1.0, 2.0, 3.0);
        TrainingSamples samples = new TrainingSamples();
        LabelledRow.of(sample, MODALITIES, 1).orElseThrow().addTo(samples, modalities);
        sample.setPast(List.of(7.5, 2.0));
        LabelledRow.of(sample, MODALITIES, 1).orElseThrow().addTo(samples, modalities);
        assertThat(samples.present(0)).containsExactly(true, true, false);
        assertThat(samples.present(1)).containsExactly(true, true, true);
        assertThat(samples.channels(1)[2]).containsExactly(7.5, 2);
        sample.setPast(List.of(7.5));
        assertThatThrownBy(() -> LabelledRow.of(sample, MODALITIES, 1))
                .hasMessageEndingWith("the past [7.5]; expected 1 targets and their age");
    }

    private static final Modalities MODALITIES =
            new Modalities(
                    List.of(
                            new Modality("a", List.of("a1", "a2")),
                            new Modality("b", List.of("b1"))));

    @Test
    void aModalityWithoutOneOfItsChannelsIsAbsent() {
        assertThat(LabelledRow.of(Samples.sample("x", 1, 5, 1.0, null, 3.0), MODALITIES, 1))
                .contains(
                        LabelledRow.of(Samples.sample("x", 1, 5, null, 2.0, 3.0), MODALITIES, 1)
                                .orElseThrow());
    }

    @Test
    void aFrameWithoutAnyModalityIsNothingToTrainOn() {
        assertThat(LabelledRow.of(Samples.sample("x", 1, 5, 1.0, null, null), MODALITIES, 1))
                .isEmpty();
    }

    @Test
    void mismatchesAreReported() {
        assertThatThrownBy(() -> LabelledRow.of(Samples.sample("x", 1, 5, 1.0, 2.0), MODALITIES, 1))
                .hasMessage(
                        "the training sample of x at 1970-01-01T00:00:00.001Z has 2 channels and 1"
                                + " targets; expected 3 and 1");
        assertThatThrownBy(
                        () ->
                                LabelledRow.of(
                                        Samples.sample("x", 1, Double.NaN, 1.0, 2.0, 3.0),
                                        MODALITIES,
                                        1))
                .hasMessageEndingWith("has a target of NaN");
    }
}
