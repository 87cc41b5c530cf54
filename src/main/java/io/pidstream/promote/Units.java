package io.pidstream.promote;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mean absolute error of a trial's incumbent so far, per target. Differences are divided by it
 * so that targets with different units can be added. Not thread-safe.
 */
final class Units {
    /** Number of labels of a target before its unit is defined. */
    private static final long LEAST = 10;

    private final TreeMap<Integer, Sum> sums = new TreeMap<>();

    private static final class Sum {
        private double errors;
        private long labels;
    }

    void add(int target, double error) {
        Sum sum = sums.computeIfAbsent(target, unused -> new Sum());
        sum.errors += error;
        sum.labels++;
    }

    /** Unit of a target; infinite while undefined, so that differences count as 0. */
    double of(int target) {
        Sum sum = sums.get(target);
        return sum == null || sum.labels < LEAST || sum.errors == 0
                ? Double.POSITIVE_INFINITY
                : sum.errors / sum.labels;
    }

    /** Number of targets seen. */
    int targets() {
        return sums.size();
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(sums.size());
        for (Map.Entry<Integer, Sum> entry : sums.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeDouble(entry.getValue().errors);
            out.writeLong(entry.getValue().labels);
        }
    }

    static Units readFrom(DataInput in) throws IOException {
        Units units = new Units();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            Sum sum = new Sum();
            units.sums.put(in.readInt(), sum);
            sum.errors = in.readDouble();
            sum.labels = in.readLong();
        }
        return units;
    }
}
