package io.pidstream.detect;

import io.pidstream.stats.Doubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Number, mean and sum of squared deviations of several columns, by Welford's update. A NaN is
 * ignored in its column.
 */
public final class Sample {
    private final double[] count;
    private final double[] mean;
    private final double[] squares;

    Sample(int columns) {
        count = new double[columns];
        mean = new double[columns];
        squares = new double[columns];
    }

    void add(double[] row) {
        for (int c = 0; c < count.length; c++) {
            add(c, row[c]);
        }
    }

    void add(int c, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        double delta = value - mean[c];
        mean[c] += delta / ++count[c];
        squares[c] += delta * (value - mean[c]);
    }

    Sample copy() {
        Sample copy = new Sample(count.length);
        System.arraycopy(count, 0, copy.count, 0, count.length);
        System.arraycopy(mean, 0, copy.mean, 0, count.length);
        System.arraycopy(squares, 0, copy.squares, 0, count.length);
        return copy;
    }

    /** The columns from {@code first} on. */
    Sample from(int first) {
        Sample from = new Sample(count.length - first);
        System.arraycopy(count, first, from.count, 0, from.count.length);
        System.arraycopy(mean, first, from.mean, 0, from.count.length);
        System.arraycopy(squares, first, from.squares, 0, from.count.length);
        return from;
    }

    int columns() {
        return count.length;
    }

    public double count(int c) {
        return count[c];
    }

    /** NaN if the column has no values. */
    public double mean(int c) {
        return count[c] > 0 ? mean[c] : Double.NaN;
    }

    double squares(int c) {
        return squares[c];
    }

    /** Sample standard deviation (divisor n − 1); NaN for fewer than two values. */
    double deviation(int c) {
        return count[c] > 1 ? Math.sqrt(squares[c] / (count[c] - 1)) : Double.NaN;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(count.length);
        Doubles.write(out, count);
        Doubles.write(out, mean);
        Doubles.write(out, squares);
    }

    static Sample readFrom(DataInput in) throws IOException {
        Sample sample = new Sample(in.readInt());
        Doubles.read(in, sample.count);
        Doubles.read(in, sample.mean);
        Doubles.read(in, sample.squares);
        return sample;
    }
}
