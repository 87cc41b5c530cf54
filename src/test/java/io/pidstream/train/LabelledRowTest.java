package io.pidstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledRowTest {
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
