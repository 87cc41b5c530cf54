package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.pid.Decomposition;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the online computation says of the last block, against the same by definition from all rows.
 */
class StraightforwardDecompositionTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void theLastExplanationAgreesWithTheDefinitionOnGeneratedData() {
        Random random = new Random(4);
        List<StraightforwardDecomposition.Row> rows = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            double shared = random.nextGaussian();
            double own = random.nextGaussian();
            double[] latents = new double[7];
            for (int k = 0; k < 7; k++) {
                double signal = k < 4 ? shared + 0.6 * own : shared;
                latents[k] = 5 * k + (k % 3 == 0 ? signal : 0.3 * signal) + random.nextGaussian();
            }
            double y = Math.exp(0.5 * (shared + own + 0.7 * random.nextGaussian()));
            rows.add(new StraightforwardDecomposition.Row(i * HOUR, latents, y));
        }
        assertAgree(settings(List.of(4, 3)), rows, 0.02);
    }

    @ParameterizedTest
    @CsvSource({"air-quality-co.csv", "gas-turbine-nox.csv"})
    void bothArePrintedForTheRealStreams(String name) {
        assumeTrue(Files.exists(RealStream.file(name)), RealStream.file(name) + " is not there");
        RealStream stream = RealStream.read(name);
        List<Integer> sizes = stream.channels().values().stream().map(List::size).toList();
        List<StraightforwardDecomposition.Row> rows =
                stream.rows().stream()
                        .map(
                                r ->
                                        new StraightforwardDecomposition.Row(
                                                r.time(), r.values(), r.target()))
                        .toList();
        // Real targets drift: a map to normal scores that is frozen per block differs from one made
        // with hindsight.
        assertAgree(settings(sizes), rows, 0.05);
    }

    private static void assertAgree(
            LearnerSettings settings,
            List<StraightforwardDecomposition.Row> rows,
            double tolerance) {
        AssetLearner learner = new AssetLearner(settings, true);
        List<StraightforwardDecomposition.Row> blocks =
                rows.subList(0, rows.size() / settings.block() * settings.block());
        for (StraightforwardDecomposition.Row row : blocks) {
            List<Forecast> forecast =
                    learner.predict(row.time(), ModalitySet.all(2), row.latents(), List.of());
            learner.learn(
                    row.time(),
                    ModalitySet.all(2),
                    row.latents(),
                    new double[] {row.target()},
                    forecast);
        }
        Decomposition online = learner.explanation().decomposition();
        StraightforwardDecomposition definition =
                StraightforwardDecomposition.of(
                        blocks,
                        settings.channels().get(0).size(),
                        settings.explanationHalfLife().toMillis(),
                        2 * settings.quantileSamples());
        System.out.printf(
                "%s: online %.4f %.4f %.4f bit, by definition %.4f %.4f %.4f bit%n",
                String.join(" + ", settings.modalities()),
                online.information().get(ModalitySet.of(0)),
                online.information().get(ModalitySet.of(1)),
                online.information().all(),
                definition.first(),
                definition.second(),
                definition.both());
        assertThat(online.effectiveSamples()).isCloseTo(definition.effectiveSamples(), within(1.0));
        double[] deviations = {
            online.information().get(ModalitySet.of(0)) - definition.first(),
            online.information().get(ModalitySet.of(1)) - definition.second(),
            online.information().all() - definition.both()
        };
        assertThat(DoubleStream.of(deviations).map(Math::abs).max().orElseThrow())
                .isLessThan(tolerance);
    }

    private static LearnerSettings settings(List<Integer> sizes) {
        List<List<String>> channels =
                sizes.stream()
                        .map(n -> IntStream.range(0, n).mapToObj(i -> "c" + i).toList())
                        .toList();
        return new LearnerSettings(
                List.of("y"),
                List.of("first", "second"),
                channels,
                Duration.ofHours(1),
                List.of(Duration.ofHours(100)),
                Duration.ofHours(1000),
                200,
                0.9,
                PidDefinition.MMI);
    }
}
