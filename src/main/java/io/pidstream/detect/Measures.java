package io.pidstream.detect;

import io.pidstream.avro.AlertBlock;
import io.pidstream.avro.AlertMeasure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The figures of an alert: means over the blocks before and since a change, with intervals. */
public final class Measures {
    /** Φ⁻¹(0.975) */
    private static final double Z = 1.959963984540054;

    /** Number of blocks shown before the change. */
    private static final int SHOWN = 16;

    private Measures() {}

    /**
     * A quantity before and since the open shift of a monitor.
     *
     * @param rho correlation of consecutive blocks
     */
    public static AlertMeasure of(
            String name,
            String unit,
            Sample before,
            Sample after,
            int column,
            double rho,
            DoubleUnaryOperator scale) {
        double pooled =
                Math.sqrt(
                        (before.squares(column) + after.squares(column))
                                / Math.max(1, before.count(column) + after.count(column) - 2));
        double halfBefore =
                half(before.deviation(column), before.count(column), before.count(column), rho);
        double halfAfter =
                half(
                        pooled,
                        after.count(column),
                        before.count(column) + after.count(column) - 1,
                        rho);
        double meanBefore = before.mean(column);
        double meanAfter = after.mean(column);
        return new AlertMeasure(
                name,
                unit,
                scale.applyAsDouble(meanBefore),
                scale.applyAsDouble(meanBefore - halfBefore),
                scale.applyAsDouble(meanBefore + halfBefore),
                scale.applyAsDouble(meanAfter),
                scale.applyAsDouble(meanAfter - halfAfter),
                scale.applyAsDouble(meanAfter + halfAfter));
    }

    /** Half the width of the 95 % interval of a mean of dependent blocks. */
    private static double half(double deviation, double blocks, double of, double rho) {
        double inflation = Math.sqrt((1 + rho) / (1 - rho));
        return studentQuantile(of - 1) * deviation / Math.sqrt(blocks) * inflation;
    }

    /**
     * The 97.5 % quantile of Student's t by the Cornish–Fisher expansion; accurate to 0.01 from 5
     * degrees of freedom.
     */
    static double studentQuantile(double freedom) {
        double z3 = Z * Z * Z;
        double z5 = z3 * Z * Z;
        return Z
                + (z3 + Z) / (4 * freedom)
                + (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom * freedom)
                + (3 * z5 * Z * Z + 19 * z5 + 17 * z3 - 15 * Z)
                        / (384 * freedom * freedom * freedom);
    }

    /** The blocks around the open shift of a monitor. */
    public static List<AlertBlock> blocks(
            ShiftMonitor monitor, int column, DoubleUnaryOperator scale) {
        List<BlockWindow.Row> rows = monitor.rows();
        List<AlertBlock> blocks = new ArrayList<>();
        for (int i = Math.max(0, monitor.change() - SHOWN); i < rows.size(); i++) {
            BlockWindow.Row row = rows.get(i);
            blocks.add(
                    new AlertBlock(
                            Instant.ofEpochMilli(row.start()),
                            Instant.ofEpochMilli(row.end()),
                            scale.applyAsDouble(row.values()[column]),
                            i >= monitor.change()));
        }
        return blocks;
    }
}
