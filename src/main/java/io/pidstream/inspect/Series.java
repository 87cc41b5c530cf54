package io.pidstream.inspect;

/**
 * The numbers of one column, or of one metric of a long file.
 *
 * @param name as a configuration calls it
 * @param title as people call it, mostly the same
 * @param unit from a line below the header; may be empty
 * @param values per row; NaN where there is none
 */
record Series(String name, String title, String unit, double[] values) {
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
