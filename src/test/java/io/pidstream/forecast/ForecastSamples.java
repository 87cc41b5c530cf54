package io.pidstream.forecast;

import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.testing.StateSamples;
import io.pidstream.yardstick.YardstickForecasts;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Samples of what is learned. */
public final class ForecastSamples {
    private static final long PERIOD = 60_000;
    private static final LearnerSettings IDENTITY =
            new LearnerSettings(
                    List.of("y"),
                    List.of("a", "b"),
                    List.of(List.of("a0"), List.of("b0")),
                    Duration.ofMillis(PERIOD),
                    List.of(Duration.ofMillis(30 * PERIOD), Duration.ofMillis(300 * PERIOD)),
                    Duration.ofMillis(100 * PERIOD),
                    20,
                    0.9,
                    PidDefinition.MMI);

    private ForecastSamples() {}

    public static void add(StateSamples samples) {
        Learned identity = new Learned(IDENTITY, 50);
        Learned trained = new Learned(IDENTITY.forLatent(2), 50);
        samples.with(Forecast.FORMAT, forecast(), Forecast.unknown(7))
                .with(FleetForecast.FORMAT, fleet(), FleetForecast.unknown())
                .with(LearnerFormat.ofAssets(IDENTITY, true), identity.asset, trained.asset)
                .with(LearnerFormat.ofFleet(IDENTITY), identity.fleet, trained.fleet);
    }

    /** Written down, so that it does not depend on what learners learn. */
    private static Forecast forecast() {
        return new Forecast(
                0.6484725043591435,
                -0.015337210186809891,
                1.3122822189050969,
                -0.3947954142876988,
                new double[] {1.033670643818023, 0.009597274828819355},
                new float[] {
                    0.15570322f, 0.018214991f, -0.55283976f, 0.16274817f, 0.022817712f, -0.5466807f,
                    0.15570322f, 0.01822721f, -0.55283976f, 0.16274817f, 0.022830851f, -0.5466807f
                },
                49,
                new Uncertainty(0.25, 0.3, new float[] {0.5f, 0.25f}, new double[] {0.1, 1.1}),
                new YardstickForecasts(0.5, Double.NaN, 0.625));
    }

    /** What a fleet says of a frame. */
    public static FleetForecast fleet() {
        return new FleetForecast(
                new ExpertForecasts(
                        new double[] {1, 2, ExpertForecasts.SILENT},
                        new double[] {0.1, 0.2, 0.3, 0.4, 0, 0},
                        new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0, 0}),
                new double[] {0.5, 0.25, 0.25},
                1.5,
                1.25,
                new LabelRange(-1, 3),
                new Situation(1.5, 0.75, 1.25, 0.5, 2));
    }

    /** A fleet of one asset that has learned from a few labels. */
    private static final class Learned {
        private final FleetLearner fleet;
        private final AssetLearner asset;

        Learned(LearnerSettings settings, int labels) {
            fleet = new FleetLearner(settings, true);
            asset = new AssetLearner(settings, true);
            Random random = new Random(11);
            for (int n = 0; n < labels; n++) {
                long time = n * PERIOD;
                ModalitySet present = n % 7 == 6 ? ModalitySet.of(0) : ModalitySet.all(2);
                double[] channels = random.doubles(2, -1, 1).toArray();
                double[] latents = random.doubles(4, -1, 1).toArray();
                double[] shares = random.doubles(2, -1, 1).toArray();
                double[] inputs = asset.layout().inputs(channels, latents, shares, null, 0);
                double[] target = {2 * channels[0] - channels[1] + 0.1 * random.nextDouble()};
                List<Forecast> made =
                        asset.predict(time, present, inputs, fleet.predict(time, present, inputs));
                asset.learn(time, present, inputs, target, made);
                fleet.learn(
                        List.of(new LabelledFeatures("press-1", time, present, inputs, target)));
            }
        }
    }
}
