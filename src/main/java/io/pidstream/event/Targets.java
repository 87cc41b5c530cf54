package io.pidstream.event;

import io.pidstream.avro.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The targets of a label as one array. */
public final class Targets {
    private Targets() {}

    /** [targets], in the order of the configuration, in their own units. */
    public static double[] of(Label label) {
        List<Double> further = label.getFurther();
        double[] values = new double[1 + further.size()];
        values[0] = label.getValue();
        for (int t = 1; t < values.length; t++) {
            values[t] = further.get(t - 1);
        }
        return values;
    }

    /**
     * A label.
     *
     * @param values [targets], at least one
     */
    public static Label label(String asset, Instant time, Instant recordedAt, double... values) {
        return new Label(asset, time, recordedAt, values[0], further(values));
    }

    /** All values except the first. */
    public static List<Double> further(double... values) {
        if (values.length == 1) {
            return List.of();
        }
        List<Double> further = new ArrayList<>(values.length - 1);
        for (int t = 1; t < values.length; t++) {
            further.add(values[t]);
        }
        return further;
    }
}
