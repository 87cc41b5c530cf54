package io.pidstream.inspect;

/** The numbers of one column, or of one metric of a long file. */
final class Series {
    private final String name;
    private final String title;
    private final String unit;
    private final double[] values;

    /**
     * @param name as a configuration calls it
     * @param title as people call it, mostly the same
     * @param unit from a line below the header; may be empty
     * @param values per row; NaN where there is none
     */
    Series(String name, String title, String unit, double[] values) {
        this.name = name;
        this.title = title;
        this.unit = unit;
        this.values = values;
    }

    String name() {
        return name;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** Not a copy: there may be many. */
    double[] values() {
        return values;
    }

    int count() {
        int count = 0;
        for (double value : values) {
            count += Double.isNaN(value) ? 0 : 1;
        }
        return count;
    }

    /** Share of rows without a value. */
    double missing() {
        return values.length == 0 ? 1 : 1 - (double) count() / values.length;
    }

    Series without(double sentinel) {
        double[] cleaned = values.clone();
        for (int i = 0; i < cleaned.length; i++) {
            if (cleaned[i] == sentinel) {
                cleaned[i] = Double.NaN;
            }
        }
        return new Series(name, title, unit, cleaned);
    }
}
