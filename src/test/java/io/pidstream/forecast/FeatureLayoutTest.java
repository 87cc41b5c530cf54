package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureLayoutTest {
    private static final double[] CHANNELS = {1, 2, 3};
    private static final double[] LATENTS = {10, 11, 20, 21};
    private static final double[] SHARES = {0.1, 0.2};

    /** Two channels of a, one of b; with the target's own past, a third modality. */
    private static FeatureLayout layout(boolean history, int latent) {
        return new FeatureLayout(settings(history).forLatent(latent));
    }

    private static LearnerSettings settings(boolean history) {
        List<String> sensors = List.of("a", "b");
        List<List<String>> channels = List.of(List.of("a0", "a1"), List.of("b0"));
        return new LearnerSettings(
                List.of("y"),
                history ? List.of("a", "b", "history") : sensors,
                history ? List.of(channels.get(0), channels.get(1), List.of("y", "age")) : channels,
                Duration.ofHours(1),
                List.of(Duration.ofHours(100)),
                Duration.ofHours(1000),
                200,
                List.of(0.9),
                PidDefinition.MMI,
                history,
                0);
    }

    @Test
    void theIdentitysFeaturesAreTheChannels() {
        FeatureLayout layout = layout(false, 0);

        assertThat(layout.inputs(CHANNELS, CHANNELS, new double[0], null, 0)).isSameAs(CHANNELS);
        assertThat(layout.channels()).containsExactly(0, 1, 2);
        assertThat(layout.shares()).isEmpty();
        assertThat(layout.explainedSizes()).containsExactly(2, 1);
        assertThat(layout.indices(ModalitySet.of(1))).containsExactly(2);
        assertThat(layout.positions(ModalitySet.of(1), ModalitySet.all(2))).containsExactly(2, 3);
    }

    @Test
    void aTrainedVersionsFeaturesAreChannelsAndSharesAndItsLatentsAreDecomposed() {
        FeatureLayout layout = layout(false, 2);
        double[] inputs = layout.inputs(CHANNELS, LATENTS, SHARES, null, 0);

        assertThat(inputs).containsExactly(1, 2, 0.1, 3, 0.2, 10, 11, 20, 21);
        assertThat(layout.features()).isEqualTo(5);
        assertThat(layout.channels()).containsExactly(0, 1, 3);
        assertThat(layout.shares()).containsExactly(2, 4);
        assertThat(layout.indices(ModalitySet.of(1))).containsExactly(3, 4);
        assertThat(layout.explained(new double[5], inputs)).containsExactly(10, 11, 20, 21);
        assertThat(layout.explainedSizes()).containsExactly(2, 2);
    }

    @Test
    void theTargetsOwnPastIsTheLastModality() {
        FeatureLayout layout = layout(true, 2);
        double[] inputs = layout.inputs(CHANNELS, LATENTS, SHARES, new double[] {7}, 1.5);

        assertThat(inputs).containsExactly(1, 2, 0.1, 3, 0.2, 7, 1.5, 10, 11, 20, 21);
        assertThat(layout.channels()).containsExactly(0, 1, 3, 5, 6);
        double[] standardised = {0, 0, 0, 0, 0, 0.7, 0.15};
        assertThat(layout.explained(standardised, inputs))
                .containsExactly(10, 11, 20, 21, 0.7, 0.15);
        assertThat(layout.explainedSizes()).containsExactly(2, 2, 2);
        assertThat(layout(true, 0).inputs(CHANNELS, CHANNELS, new double[0], null, 0))
                .containsExactly(1, 2, 3, Double.NaN, Double.NaN);
    }

    @Test
    void aVersionMayEncodeThePastAsWell() {
        FeatureLayout layout = new FeatureLayout(settings(true).forVersion(2, 3));
        double[] latents = {10, 11, 20, 21, 30, 31};
        double[] shares = {0.1, 0.2, 0.3};
        double[] inputs = layout.inputs(CHANNELS, latents, shares, new double[] {7}, 1.5);

        assertThat(inputs).containsExactly(1, 2, 0.1, 3, 0.2, 7, 1.5, 0.3, 10, 11, 20, 21, 30, 31);
        assertThat(layout.channels()).containsExactly(0, 1, 3, 5, 6);
        assertThat(layout.shares()).containsExactly(2, 4, 7);
        assertThat(layout.indices(ModalitySet.of(2))).containsExactly(5, 6, 7);
        double[] standardised = {0, 0, 0, 0, 0, 0.7, 0.15, 0};
        assertThat(layout.explained(standardised, inputs))
                .containsExactly(10, 11, 20, 21, 30, 31, 0.7, 0.15);
        assertThat(layout.explainedSizes()).containsExactly(2, 2, 4);
        layout.requireInputs(ModalitySet.all(3), inputs);
    }

    @Test
    void anUnknownModalityIsRefused() {
        assertThatThrownBy(() -> layout(false, 0).indices(ModalitySet.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the modalities [2] are present, there are 2");
    }
}
