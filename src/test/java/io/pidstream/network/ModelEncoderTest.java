package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.version.EncodedBatch;
import io.pidstream.version.ModelShape;
import io.pidstream.version.TrainingException;
import io.pidstream.version.TrainingSamples;
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

        for (int size = 1; size < 79; size++) {
            int first = 31 * size;
            double[][][] channels = new double[size][][];
            boolean[][] present = new boolean[size][];
            for (int i = 0; i < size; i++) {
                channels[i] = samples.channels(first + i);
                present[i] = samples.present(first + i);
            }
            EncodedBatch some = encoder.encode(channels, present);
            for (int i = 0; i < size && first + i < samples.size(); i++) {
                assertThat(some.prediction(i, 0)).isEqualTo(all.prediction(first + i, 0));
                assertThat(some.latent(i, 1)).containsExactly(all.latent(first + i, 1));
                assertThat(some.share(i, 0, 0)).isEqualTo(all.share(first + i, 0, 0));
            }
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
