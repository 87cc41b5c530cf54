package io.pidstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
    private static final int SIZE = 200_003;

    private final Masks masks = new Masks();

    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f, 0.2f, 0.3f, 0.5f})
    void dropsItsShareAndKeepsTheMean(float share) {
        float[] mask = masks.mask(SIZE, share);
        double dropped = 0;
        double sum = 0;
        for (float value : mask) {
            dropped += value == 0 ? 1 : 0;
            sum += value;
        }
        assertThat(dropped / SIZE).isCloseTo(share, within(0.006));
        assertThat(sum / SIZE).isCloseTo(1, within(0.006));
    }

    @Test
    void neighboursAreDroppedIndependently() {
        float[] mask = masks.mask(SIZE, 0.5f);
        for (int lag = 1; lag <= 16; lag++) {
            double both = 0;
            for (int i = lag; i < SIZE; i++) {
                both += mask[i] == 0 && mask[i - lag] == 0 ? 1 : 0;
            }
            assertThat(both / (SIZE - lag)).as("lag %d", lag).isCloseTo(0.25, within(0.006));
        }
    }

    @Test
    void theSeedGivesTheMasks() {
        masks.restart(5);
        float[] first = masks.mask(1000, 0.3f);
        float[] second = masks.mask(1000, 0.3f);
        masks.restart(5);
        assertThat(masks.mask(1000, 0.3f)).isEqualTo(first).isNotEqualTo(second);
        masks.restart(6);
        assertThat(masks.mask(1000, 0.3f)).isNotEqualTo(first);
    }
}
