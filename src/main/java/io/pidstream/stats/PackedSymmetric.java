package io.pidstream.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A symmetric matrix, stored as its upper triangle, row by row. */
final class PackedSymmetric {
    private final int dimension;
    private final double[] values;

    PackedSymmetric(int dimension) {
        this.dimension = dimension;
        this.values = new double[dimension * (dimension + 1) / 2];
    }

    double get(int i, int j) {
        return values[position(i, j)];
    }

    void set(int i, int j, double value) {
        values[position(i, j)] = value;
    }

    private int position(int i, int j) {
        int row = Math.min(i, j);
        return row * dimension - row * (row - 1) / 2 + Math.abs(i - j);
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    void copyFrom(PackedSymmetric other) {
        System.arraycopy(other.values, 0, values, 0, values.length);
    }

    /** C &lt;- scale C + factor vvᵀ. */
    void scaleAndAddOuter(double scale, double factor, double[] v) {
        int row = 0;
        for (int i = 0; i < dimension; i++) {
            double scaled = factor * v[i];
            int base = row - i;
            if (scale == 1) {
                for (int j = i; j < dimension; j++) {
                    values[base + j] += scaled * v[j];
                }
            } else {
                for (int j = i; j < dimension; j++) {
                    values[base + j] = scale * values[base + j] + scaled * v[j];
                }
            }
            row += dimension - i;
        }
    }

    /** Writes the packed values, divided by a divisor, to the start of an array. */
    void copyDivided(double divisor, double[] into) {
        for (int p = 0; p < values.length; p++) {
            into[p] = values[p] / divisor;
        }
    }

    /** Writes the full matrix, divided by a divisor, [d, d] row-major. */
    void unpackDivided(double divisor, double[] into) {
        int p = 0;
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                double value = values[p++] / divisor;
                into[i * dimension + j] = value;
                into[j * dimension + i] = value;
            }
        }
    }

    /** C &lt;- C + scale C'. */
    void add(double scale, PackedSymmetric other) {
        for (int p = 0; p < values.length; p++) {
            values[p] += scale * other.values[p];
        }
    }

    void writeTo(DataOutput out) throws IOException {
        Doubles.write(out, values);
    }

    void readFrom(DataInput in) throws IOException {
        Doubles.read(in, values);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PackedSymmetric that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
