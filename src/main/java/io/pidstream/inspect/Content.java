package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The numbers of a file, without sentinels, and the columns that have none.
 *
 * @param frame all columns of numbers
 * @param sentinels numbers that stand for a missing value, with the number of their cells
 * @param markers texts that do, beside those that always do
 * @param leftOut columns that are no numbers
 * @param unreadable per column of numbers, cells that are neither a number nor missing
 */
record Content(
        Frame frame,
        Map<Double, Long> sentinels,
        List<String> markers,
        List<LeftOut> leftOut,
        Map<String, Integer> unreadable) {
    /**
     * @param asset index of the column of the asset; −1 for none
     */
    static Content of(Look look, int asset) {
        return new Builder(look, asset).build();
    }

    private static final class Builder {
        private final Look look;
        private final int asset;
        private final List<LeftOut> leftOut = new ArrayList<>();
        private final Set<String> markers = new TreeSet<>();
        private final Map<String, Integer> unreadable = new TreeMap<>();

        Builder(Look look, int asset) {
            this.look = look;
            this.asset = asset;
        }

        Content build() {
            Keys assets = asset < 0 ? null : new Keys(look.table().columns().get(asset));
            int[] codes = assets == null ? new int[look.table().rows()] : assets.all();
            String[] names = assets == null ? new String[] {""} : assets.names();
            Frame frame =
                    look.metrics() == null
                            ? new Frame(look.times().millis(), codes, names, wide())
                            : pivot(codes, names);
            Map<Double, Long> sentinels = new SentinelFinder(frame.series()).find();
            List<Series> cleaned = new ArrayList<>();
            for (Series series : frame.series()) {
                Series clean = series;
                for (double sentinel : sentinels.keySet()) {
                    clean = clean.without(sentinel);
                }
                if (clean.count() == 0) {
                    leftOut.add(new LeftOut(clean.title(), "empty"));
                } else {
                    cleaned.add(clean);
                }
            }
            return new Content(
                    frame.with(cleaned), sentinels, List.copyOf(markers), leftOut, unreadable);
        }

        private Frame pivot(int[] codes, String[] names) {
            LongFormat metrics = look.metrics();
            ColumnText values = read(metrics.value());
            for (int c = 0; c < look.table().columns().size(); c++) {
                if (c != metrics.metric()
                        && c != metrics.value()
                        && c != asset
                        && !isKey(c)
                        && !look.times().columns().contains(c)) {
                    leftOut.add(
                            new LeftOut(
                                    look.table().titles().get(c),
                                    "data with one value a row needs no more columns"));
                }
            }
            return Pivot.of(
                    new Keys(look.table().columns().get(metrics.metric())),
                    values.values(),
                    look.times().millis(),
                    codes,
                    names);
        }

        /** Whether a column is the key of Kafka's records, which no mapping takes for a value. */
        private boolean isKey(int column) {
            return look.topic() != null
                    && look.table().names().get(column).equals(SampledTopic.KEY);
        }

        private List<Series> wide() {
            List<Series> all = new ArrayList<>();
            Set<String> taken = new HashSet<>();
            Table table = look.table();
            for (int c = 0; c < table.columns().size(); c++) {
                String name = table.names().get(c);
                boolean known = c == asset || look.times().columns().contains(c) || isKey(c);
                boolean first = taken.add(name);
                if (known) {
                    continue;
                }
                if (name.isEmpty()) {
                    leftOut.add(new LeftOut("column " + (c + 1), "it has no name"));
                } else if (!first) {
                    leftOut.add(new LeftOut(name, "another column has the same name"));
                } else {
                    ColumnText text = read(c);
                    if (text.isNumeric()) {
                        all.add(
                                new Series(
                                        name,
                                        table.titles().get(c),
                                        table.units().get(c),
                                        text.values()));
                    } else {
                        leftOut.add(new LeftOut(table.titles().get(c), why(c, text)));
                    }
                }
            }
            return all;
        }

        private String why(int column, ColumnText text) {
            boolean time = CellKind.of(look.table().columns().get(column).get(0)) == CellKind.TIME;
            if (time) {
                return "another time, or a part of it";
            }
            boolean calendar =
                    Kind.of(look.table().titles().get(column), "") == Kind.CALENDAR
                            && text.distinctTexts() > 1;
            return calendar ? "of the calendar, as text; numbers would be used" : text.whyNot();
        }

        private ColumnText read(int column) {
            ColumnText text =
                    new ColumnText(look.table().columns().get(column), look.dialect().numerals());
            if (text.isNumeric()) {
                markers.addAll(text.markers());
                if (text.unreadable() > 0) {
                    unreadable.put(look.table().titles().get(column), text.unreadable());
                }
            }
            return text;
        }
    }
}
