package io.pidstream.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.stats.PrequentialMetrics;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What one recipe, without tuning per stream, must reach on real streams. */
class RealStreamsIT {
    private static final StreamRun.Variant BOTH = StreamRun.Variant.DEFAULT;
    private static final StreamRun.Variant FLEET = new StreamRun.Variant(true, false, false, 0);
    private static final StreamRun.Variant ASSET = new StreamRun.Variant(false, true, false, 0);

    @Test
    void followsDriftingGasSensors() {
        RealStream stream = stream("air-quality-co.csv");
        List<StreamRun> runs = StreamRun.all(stream, BOTH, BOTH.withHistory(), BOTH.withDelay(24));
        PrequentialMetrics sensors = runs.get(0).total();
        PrequentialMetrics history = runs.get(1).total();
        StreamRun dayLate = runs.get(2);

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(sensors.meanAbsoluteError()).isLessThanOrEqualTo(0.2);
        softly.assertThat(history.meanAbsoluteError()).isLessThanOrEqualTo(0.20);
        softly.assertThat(dayLate.total().meanAbsoluteError())
                .isLessThanOrEqualTo(0.319)
                .isLessThanOrEqualTo(1.02 * dayLate.bestHalfLife());
        softly.assertThat(sensors.coverage()).isBetween(0.89, 0.91);
        softly.assertThat(history.coverage()).isBetween(0.89, 0.91);
        softly.assertThat(dayLate.total().coverage()).isBetween(0.89, 0.91);
        softly.assertAll();
    }

    @Test
    void followsATurbineThroughChangesOfRegime() {
        RealStream stream = stream("gas-turbine-nox.csv");
        List<StreamRun> runs = StreamRun.all(stream, BOTH, BOTH.withHistory(), BOTH.withDelay(24));
        PrequentialMetrics sensors = runs.get(0).total();
        PrequentialMetrics history = runs.get(1).total();
        StreamRun dayLate = runs.get(2);

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(sensors.meanAbsoluteError()).isLessThanOrEqualTo(2.0);
        softly.assertThat(history.meanAbsoluteError()).isLessThanOrEqualTo(2.3);
        softly.assertThat(dayLate.total().meanAbsoluteError())
                .isLessThanOrEqualTo(3.93)
                .isLessThanOrEqualTo(1.02 * dayLate.bestHalfLife());
        softly.assertThat(sensors.coverage()).isBetween(0.89, 0.91);
        softly.assertThat(history.coverage()).isBetween(0.89, 0.91);
        softly.assertThat(dayLate.total().coverage()).isBetween(0.89, 0.91);
        softly.assertAll();
    }

    @Test
    void learnsMoreFromSixStationsThanFromEachOrFromAllAsOne() {
        RealStream stream = stream("beijing-pm25.csv.gz");
        List<StreamRun> runs = StreamRun.all(stream, BOTH, FLEET, ASSET);
        StreamRun both = runs.get(0);
        double alike = runs.get(1).total().meanAbsoluteError();
        double apart = runs.get(2).total().meanAbsoluteError();

        PrequentialMetrics station = both.perAsset().get("aotizhongxin");
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(station.meanAbsoluteError()).isLessThanOrEqualTo(15.0);
        softly.assertThat(both.total().meanAbsoluteError()).isLessThan(alike).isLessThan(apart);
        softly.assertThat(both.total().coverage()).isBetween(0.89, 0.91);
        softly.assertAll();
    }

    @Test
    void usesTheTargetsPastAndStandsLabelsADayLateAtSixStations() {
        RealStream stream = stream("beijing-pm25.csv.gz");
        List<StreamRun> runs = StreamRun.all(stream, BOTH.withHistory(), BOTH.withDelay(24));
        StreamRun history = runs.get(0);
        StreamRun dayLate = runs.get(1);

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(history.perAsset().get("aotizhongxin").meanAbsoluteError())
                .isLessThanOrEqualTo(10.5);
        softly.assertThat(dayLate.perAsset().get("aotizhongxin").meanAbsoluteError())
                .isLessThanOrEqualTo(28.8);
        softly.assertThat(dayLate.total().meanAbsoluteError())
                .isLessThanOrEqualTo(1.02 * dayLate.bestHalfLife());
        softly.assertThat(history.total().coverage()).isBetween(0.89, 0.91);
        softly.assertThat(dayLate.total().coverage()).isBetween(0.89, 0.91);
        softly.assertAll();
    }

    @Test
    void foreseesTheEndOfEnginesFromWhatOthersHaveShown() {
        RealStream stream = stream("cmapss-fd001.csv");
        List<StreamRun> runs = StreamRun.all(stream, BOTH, BOTH.withHistory(), FLEET, ASSET);
        PrequentialMetrics both = runs.get(0).afterWarmUp();
        PrequentialMetrics history = runs.get(1).afterWarmUp();
        double alike = runs.get(2).afterWarmUp().meanAbsoluteError();
        double apart = runs.get(3).afterWarmUp().meanAbsoluteError();

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(both.meanAbsoluteError())
                .isLessThanOrEqualTo(0.8)
                .isLessThan(alike)
                .isLessThan(apart);
        softly.assertThat(history.meanAbsoluteError()).isLessThanOrEqualTo(0.65);
        // An engine's error jumps from 0.04 to 0.8 cycles when its target begins to fall. Who does
        // not read the past does not see it coming: intervals widen by the misses after the jump,
        // and narrow more slowly than the engine has cycles left.
        softly.assertThat(both.coverage()).isBetween(0.89, 0.94);
        softly.assertThat(history.coverage()).isBetween(0.89, 0.91);
        softly.assertAll();
    }

    @Test
    void explainsTheGasSensors() {
        RealStream stream = stream("air-quality-co.csv");

        RollingExplanation explanation = StreamRun.of(stream, BOTH).fleetExplanation();

        assertThat(explanation.decomposition().isDefined()).isTrue();
        assertThat(explanation.decomposition().conditional().get("mox"))
                .isGreaterThan(explanation.decomposition().conditional().get("env"));
    }

    private static RealStream stream(String name) {
        assumeTrue(
                Files.exists(RealStream.file(name)),
                () -> RealStream.file(name) + " is not there: run without the real streams");
        return RealStream.read(name);
    }
}
