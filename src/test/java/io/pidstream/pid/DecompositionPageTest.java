package io.pidstream.pid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The numbers in src/site/markdown/decomposition.md. */
class DecompositionPageTest {
    private static final List<String> NAMES = List.of("thermal", "vibration", "acoustic");

    @Test
    void separateCopiedAndOpposedNoises() {
        assertThat(row(0, PidDefinition.MMI)).isEqualTo("0.661 0.208 0.000 0.292 0.161");
        assertThat(row(0, PidDefinition.IDEP)).isEqualTo("0.661 0.368 0.161 0.132 0.000");
        assertThat(row(1, PidDefinition.MMI)).isEqualTo("0.500 0.208 0.000 0.292 0.000");
        assertThat(row(1, PidDefinition.IDEP)).isEqualTo("0.500 0.208 0.000 0.292 0.000");
        assertThat(row(-0.5, PidDefinition.MMI)).isEqualTo("0.858 0.208 0.000 0.292 0.358");
        assertThat(row(-0.5, PidDefinition.IDEP)).isEqualTo("0.858 0.368 0.161 0.132 0.197");
        assertThat(text(noises(0, PidDefinition.MMI).shapley().get("thermal"))).isEqualTo("0.434");
        assertThat(text(noises(1, PidDefinition.MMI).shapley().get("thermal"))).isEqualTo("0.354");
        assertThat(text(noises(-0.5, PidDefinition.MMI).shapley().get("thermal")))
                .isEqualTo("0.533");
    }

    private static String row(double covariance, PidDefinition definition) {
        return row(noises(covariance, definition));
    }

    private static Decomposition noises(double covariance, PidDefinition definition) {
        double both = 1 + covariance;
        return decompose(new double[] {1, 1, 1, 1, 2, both, 1, both, 3}, 1, 2, definition);
    }

    @Test
    void aTemperatureAndAWear() {
        double[] covariance =
                Covariances.ofMap(
                        new double[][] {
                            {1, 0, 0, 0}, {0, 1, 0, 0}, {1, 0.2, 0.5, 0}, {0.5, 1, 0, 0.5}
                        },
                        4);
        Decomposition mmi = decompose(covariance, 2, 2, PidDefinition.MMI);
        assertThat(text(mmi.information().get("thermal"))).isEqualTo("1.184");
        assertThat(text(mmi.information().get("vibration"))).isEqualTo("1.292");
        assertThat(row(mmi)).isEqualTo("2.266 0.962 1.071 0.222 0.011");
        assertThat(row(decompose(covariance, 2, 2, PidDefinition.IDEP)))
                .isEqualTo("2.266 0.973 1.082 0.211 0.000");
        Atoms literally =
                PidDefinition.MMI.atoms(
                        mmi.information().get(ModalitySet.of(0)),
                        mmi.information().get(ModalitySet.of(1)),
                        mmi.information().all());
        assertThat(text(literally.rest())).isEqualTo("0.109");
        assertThat(text(literally.redundant())).isEqualTo("1.184");
        assertThat(text(literally.synergistic())).isEqualTo("0.973");
    }

    @Test
    void threeSensorsOfOneTarget() {
        double[] covariance = {1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1.5, 1, 1, 1, 1, 1.25};
        Map<String, Double> lattice = decompose(covariance, 1, 3, PidDefinition.MMI).lattice();
        StringBuilder rows = new StringBuilder();
        lattice.forEach(
                (name, value) -> {
                    if (value > 1e-9) {
                        rows.append(name).append(' ').append(text(value)).append('\n');
                    }
                });
        assertThat(rows.toString())
                .isEqualTo(
                        """
                        {thermal}{vibration}{acoustic} 0.500
                        {vibration}{acoustic} 0.292
                        {acoustic}{thermal+vibration} 0.208
                        {acoustic} 0.161
                        {thermal+acoustic}{vibration+acoustic} 0.132
                        {vibration+acoustic} 0.111
                        {thermal+vibration+acoustic} 0.096
                        """);
    }

    private static String row(Decomposition result) {
        Atoms atoms = result.atoms().get("thermal");
        return String.join(
                " ",
                text(result.information().all()),
                text(atoms.unique()),
                text(atoms.rest()),
                text(atoms.redundant()),
                text(atoms.synergistic()));
    }

    private static String text(double bits) {
        return String.format(Locale.ROOT, "%.3f", bits);
    }

    private static Decomposition decompose(
            double[] covariance, int targets, int modalities, PidDefinition definition) {
        int[] sizes = new int[modalities];
        Arrays.fill(sizes, 1);
        return GaussianPid.decompose(
                covariance,
                targets,
                NAMES.subList(0, modalities),
                sizes,
                Double.POSITIVE_INFINITY,
                definition);
    }
}
