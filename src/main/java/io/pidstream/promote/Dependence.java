package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Serial dependence of a sequence: the factor by which it inflates the variance of the mean, 1 + 2
 * Σ ρₖ, with the autocorrelations summed in pairs while a pair's sum is positive (Geyer 1992,
 * initial positive sequence), up to lag {@value #LAGS}. Not thread-safe.
 */
final class Dependence {
    private static final int LAGS = 64;

    /** Ring buffer of the newest values: value n is at n modulo the length. */
    private final double[] newest = new double[LAGS];

    /** Sums of products of values at lag k. */
    private final double[] products = new double[LAGS + 1];

    private long count;
    private double sum;

    void add(double value) {
        products[0] += value * value;
        for (int k = 1; k <= Math.min(LAGS, count); k++) {
            products[k] += value * newest[(int) ((count - k) % LAGS)];
        }
        newest[(int) (count % LAGS)] = value;
        count++;
        sum += value;
    }

    /** At least 1. */
    double factor() {
        if (count < 2) {
            return 1;
        }
        double mean = sum / count;
        double variance = products[0] / count - mean * mean;
        if (!(variance > 0)) {
            return 1;
        }
        double factor = 1;
        for (int k = 1; k + 1 <= Math.min(LAGS, count - 1); k += 2) {
            double pair = (products[k] + products[k + 1]) / count - 2 * mean * mean;
            if (pair <= 0) {
                break;
            }
            factor += 2 * pair / variance;
        }
        return factor;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(sum);
        for (double value : newest) {
            out.writeDouble(value);
        }
        for (double product : products) {
            out.writeDouble(product);
        }
    }

    static Dependence readFrom(DataInput in) throws IOException {
        Dependence dependence = new Dependence();
        dependence.count = in.readLong();
        dependence.sum = in.readDouble();
        for (int i = 0; i < LAGS; i++) {
            dependence.newest[i] = in.readDouble();
        }
        for (int k = 0; k <= LAGS; k++) {
            dependence.products[k] = in.readDouble();
        }
        return dependence;
    }
}
