package io.pidstream.forecast;

import io.pidstream.stats.PrequentialMetrics;
import java.util.List;

/** Prints what the learners reach on the real streams, next to the bounds of the tests. */
final class RealStreamsTable {
    private RealStreamsTable() {}

    public static void main(String[] args) {
        List<String> files =
                args.length > 0
                        ? List.of(args)
                        : List.of(
                                "air-quality-co.csv",
                                "gas-turbine-nox.csv",
                                "cmapss-fd001.csv",
                                "beijing-pm25.csv.gz");
        for (String file : files) {
            RealStream stream = RealStream.read(file);
            StreamRun.Variant both = StreamRun.Variant.DEFAULT;
            print(stream, "both", both);
            print(stream, "fleet", new StreamRun.Variant(true, false, false, 0));
            print(stream, "asset", new StreamRun.Variant(false, true, false, 0));
            print(stream, "history", both.withHistory());
            print(stream, "delay 24", both.withDelay(24));
            print(stream, "history, delay 24", both.withHistory().withDelay(24));
        }
    }

    private static void print(RealStream stream, String name, StreamRun.Variant variant) {
        long start = System.nanoTime();
        StreamRun run = StreamRun.of(stream, variant);
        double seconds = (System.nanoTime() - start) / 1e9;
        PrequentialMetrics m = run.total();
        System.out.printf(
                "%-20s %-18s mae %.4f rmse %.4f r2 %.4f cover %.4f width %.3f | after 600: mae %.4f"
                        + " cover %.4f | best half-life %.4f | %.1f s%n",
                stream.name(),
                name,
                m.meanAbsoluteError(),
                m.rootMeanSquareError(),
                m.rSquared(),
                m.coverage(),
                m.meanWidth(),
                run.afterWarmUp().meanAbsoluteError(),
                run.afterWarmUp().coverage(),
                run.bestHalfLife(),
                seconds);
        if (run.perAsset().size() <= 10 && run.perAsset().size() > 1) {
            run.perAsset()
                    .forEach(
                            (asset, of) ->
                                    System.out.printf(
                                            "    %-16s mae %.2f r2 %.3f cover %.4f%n",
                                            asset,
                                            of.meanAbsoluteError(),
                                            of.rSquared(),
                                            of.coverage()));
        }
        System.out.println("    " + run.fleetExplanation().decomposition().unique());
    }
}
