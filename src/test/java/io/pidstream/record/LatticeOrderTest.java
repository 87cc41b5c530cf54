package io.pidstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatticeOrderTest {
    /** Not in the order of the alphabet. */
    private static final List<String> MODALITIES = List.of("mox", "env", "air");

    private final ModalityOrder order = new ModalityOrder(MODALITIES);

    @Test
    void isThatOfTheDecompositionWhateverTheOrderOfTheMap() {
        Map<String, Double> lattice = lattice();
        List<String> keys = new ArrayList<>(lattice.keySet());
        Collections.shuffle(keys, new Random(1));
        Map<String, Double> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, lattice.get(key)));

        assertThat(LatticeOrder.sorted(shuffled, order))
                .hasSize(18)
                .containsExactlyEntriesOf(lattice);
        assertThat(LatticeOrder.sorted(new HashMap<>(lattice), order))
                .containsExactlyEntriesOf(lattice);
    }

    @Test
    void keepsKeysThatAreNoAtoms() {
        assertThat(LatticeOrder.sorted(Map.of("", 1, "{mox}", 2), order)).hasSize(2);
        assertThat(LatticeOrder.sorted(Map.<String, Integer>of(), order)).isEmpty();
    }

    private static Map<String, Double> lattice() {
        double[] covariance = {1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1.5, 1, 1, 1, 1, 1.25};
        return GaussianPid.decompose(
                        covariance,
                        1,
                        MODALITIES,
                        new int[] {1, 1, 1},
                        Double.POSITIVE_INFINITY,
                        PidDefinition.MMI)
                .lattice();
    }
}
