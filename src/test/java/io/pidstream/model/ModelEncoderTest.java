package io.pidstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelEncoderTest {
    private ModelEncoder encoder;

    @BeforeEach
    void open() throws TrainingException {
        ModelShape shape = Simulated.shape(EncoderType.PIECEWISE, 2, 4, 2);
        encoder =
                new ModelEncoder(
                        Simulated.train(Simulated.task(shape, 3), Simulated.samples(2, 200, 1), 3)
                                .artefact(),
                        "cpu");
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void aFrameIsEncodedTheSameWhateverBatchItIsIn() {
        TrainingSamples samples = Simulated.samples(2, 2500, 4);
        EncodedBatch all = encoder.encode(samples);

        for (int i = 0; i < samples.size(); i += 499) {
            EncodedBatch one =
                    encoder.encode(
                            new double[][][] {samples.channels(i)},
                            new boolean[][] {samples.present(i)});
            assertThat(one.prediction(0, 0)).isCloseTo(all.prediction(i, 0), within(1e-4));
            assertThat(one.latent(0, 1)).containsExactly(all.latent(i, 1), within(1e-4));
        }
    }

    @Test
    void theLatentOfAnAbsentModalityIsNotANumberAndThePredictionIs() {
        EncodedBatch encoded =
                encoder.encode(
                        new double[][][] {{{1, 2, 3}, null}}, new boolean[][] {{true, false}});

        assertThat(encoded.latent(0, 0)).doesNotContain(Double.NaN);
        assertThat(encoded.latent(0, 1)).containsOnly(Double.NaN);
        assertThat(encoded.prediction(0, 0)).isFinite();
    }

    @Test
    void noFrameIsNoLatent() {
        assertThat(encoder.encode(new double[0][][], new boolean[0][]).size()).isZero();
    }

    @Test
    void aChannelThatIsNotANumberIsRefused() {
        assertThatThrownBy(
                        () ->
                                encoder.encode(
                                        new double[][][] {{{1, Double.NaN, 3}, {1, 2, 3}}},
                                        new boolean[][] {{true, true}}))
                .hasMessage("channel 1 is NaN");
    }

    @Test
    void aFrameOfOtherLengthIsRefused() {
        assertThatThrownBy(
                        () ->
                                encoder.encode(
                                        new double[][][] {{{1, 2}, {1, 2, 3}}},
                                        new boolean[][] {{true, true}}))
                .hasMessage("there are 2 channels, expected 3");
    }
}
