package io.pidstream.example;

import io.pidstream.pid.AtomEstimates;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.DecompositionIntervals;
import io.pidstream.pid.Estimate;
import io.pidstream.pid.GaussianPid;
import io.pidstream.pid.PidDefinition;
import io.pidstream.stats.Moments;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What two gauges know about a wear, from 2,000 readings of both. */
public final class TwoGauges {
    private TwoGauges() {}

    /** Prints the atoms with their 95 % intervals. */
    public static void main(String[] args) {
        Random random = new Random(42);
        Moments moments = new Moments(3, Moments.NO_DECAY);
        for (int i = 0; i < 2000; i++) {
            double wear = random.nextGaussian();
            double thermal = wear + random.nextGaussian();
            double vibration = wear + Math.sqrt(2) * random.nextGaussian();
            moments.add(new double[] {wear, thermal, vibration}, i);
        }
        List<String> modalities = List.of("thermal", "vibration");
        int[] channels = {1, 1};

        Decomposition decomposition =
                GaussianPid.decompose(
                        moments.covariance(),
                        modalities,
                        channels,
                        moments.effectiveSamples(),
                        PidDefinition.IDEP);
        if (!decomposition.isDefined()) {
            throw new IllegalStateException(decomposition.reason());
        }
        DecompositionIntervals intervals =
                DecompositionIntervals.of(moments.covariance(), channels, decomposition, 0.95);

        AtomEstimates atoms = intervals.atoms().get("thermal");
        print("both know", intervals.information().get("thermal+vibration"));
        print("only thermal", atoms.unique());
        print("only vibration", atoms.rest());
        print("either", atoms.redundant());
        print("only together", atoms.synergistic());
    }

    private static void print(String what, Estimate bits) {
        System.out.printf(
                Locale.ROOT,
                "%-15s %.3f bit (%.3f to %.3f)%n",
                what,
                bits.bits(),
                bits.lower(),
                bits.upper());
    }
}
