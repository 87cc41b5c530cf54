package io.pidstream.promote;

import java.util.List;
import java.util.Random;

/**
 * How often one of two versions that are equally good on average is found better, at a level of 1 %
 * within 1,900 instants: by bets on the errors' difference over their sum, by bets on their
 * difference at every instant, and as a trial does. The table of decision 15; runs by name only:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     io.pidstream.promote.TrialSimulation
 * }</pre>
 */
final class TrialSimulation {
    private static final int RUNS = 1000;
    private static final int INSTANTS = 2000;
    private static final int WARM_UP = 100;
    private static final double LEVEL = 0.01;
    private static final double HALF_DISTANCE = 0.2;
    private static final double WANDERING = 0.9;

    private TrialSimulation() {}

    public static void main(String[] args) {
        System.out.printf(
                "%6s  %-9s  %8s  %8s  %8s%n", "phi", "distance", "ratio", "every", "trial");
        for (boolean wanders : new boolean[] {true, false}) {
            for (double phi : new double[] {0, 0.5, 0.8, 0.9, 0.98}) {
                int[] found = new int[3];
                Random random = new Random(1);
                for (int run = 0; run < RUNS; run++) {
                    run(phi, wanders, random, found);
                }
                System.out.printf(
                        "%6.2f  %-9s  %6.1f %%  %6.1f %%  %6.1f %%%n",
                        phi,
                        wanders ? "wandering" : "constant",
                        100.0 * found[0] / RUNS,
                        100.0 * found[1] / RUNS,
                        100.0 * found[2] / RUNS);
            }
        }
    }

    private static void run(double phi, boolean wanders, Random random, int[] found) {
        BettingTest ratio = new BettingTest();
        BettingTest every = new BettingTest();
        Trial trial = new Trial(2, 1);
        boolean[] better = new boolean[3];
        double sum = 0;
        double truth = 0;
        double ahead = wanders ? 0 : 1;
        for (int t = 0; t < INSTANTS; t++) {
            truth = next(truth, phi, random);
            ahead = wanders ? next(ahead, WANDERING, random) : ahead;
            double challenger = HALF_DISTANCE * ahead;
            double mine = Math.abs(truth - challenger);
            double its = Math.abs(truth + challenger);
            trial.add(List.of(new Trial.Pair(0, truth, challenger, -challenger)), WARM_UP);
            if (t >= WARM_UP) {
                double bound = 2 * Math.abs(challenger);
                double difference = Math.max(-bound, Math.min(bound, its - mine));
                sum += difference;
                ratio.add(difference / (its + mine), 1);
                every.add(difference, bound);
                better[0] |= sum > 0 && ratio.rejectsAt(LEVEL);
                better[1] |= sum > 0 && every.rejectsAt(LEVEL);
                better[2] |= trial.verdict(LEVEL, Long.MAX_VALUE) == Trial.Verdict.BETTER;
            }
        }
        for (int i = 0; i < better.length; i++) {
            found[i] += better[i] ? 1 : 0;
        }
    }

    /** Of an autoregressive sequence of deviation 1. */
    private static double next(double last, double phi, Random random) {
        return phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
    }
}
