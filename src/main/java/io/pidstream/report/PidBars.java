package io.pidstream.report;

import io.pidstream.pid.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars on one scale, as SVG. */
final class PidBars {
    private static final int LABEL = 200;
    private static final int PLOT = 560;
    private static final int ROW = 30;
    private static final int BAR = 16;
    private static final int VALUE = 170;

    private final String title;
    private final double most;
    private final List<String> rows = new ArrayList<>();

    /**
     * @param title what a screen reader says the chart is
     * @param most what fills the width
     */
    PidBars(String title, double most) {
        this.title = title;
        this.most = most > 0 ? most : 1;
    }

    /**
     * A bar with a whisker for its interval.
     *
     * @param estimate null where there is no interval
     * @param value what is written beside it
     */
    void bar(String name, double amount, Estimate estimate, String value) {
        StringBuilder row = new StringBuilder(label(name));
        row.append(rect(0, amount, "whole", name + ": " + value));
        if (estimate != null) {
            row.append(
                    "<path class=\"whisker\" d=\"M%s %dH%sm0 -4v8M%s %dv8\"/>"
                            .formatted(
                                    x(estimate.lower()),
                                    y() + BAR / 2,
                                    x(estimate.upper()),
                                    x(estimate.lower()),
                                    y() + BAR / 2 - 4));
        }
        rows.add(row.append(value(value)).toString());
    }

    /** A part of a stacked bar: its class, its bits, its name. */
    record Part(String kind, double amount, String name) {}

    /** A bar of several parts. */
    void stack(String name, List<Part> parts, String value) {
        StringBuilder row = new StringBuilder(label(name));
        double from = 0;
        for (Part part : parts) {
            row.append(
                    rect(
                            from,
                            part.amount(),
                            part.kind(),
                            String.format(Locale.ROOT, "%s: %.3f", part.name(), part.amount())));
            from += part.amount();
        }
        rows.add(row.append(value(value)).toString());
    }

    private String label(String name) {
        return "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(LABEL - 10, y() + BAR - 3, EvaluationPage.escape(name));
    }

    private String rect(double from, double amount, String kind, String hint) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>"
                .formatted(
                        kind,
                        x(from),
                        y(),
                        number(amount / most * PLOT),
                        BAR,
                        EvaluationPage.escape(hint));
    }

    private String value(String value) {
        return "<text x=\"%d\" y=\"%d\">%s</text>"
                .formatted(LABEL + PLOT + 10, y() + BAR - 3, EvaluationPage.escape(value));
    }

    /** Top of the bar of the row that is being drawn. */
    private int y() {
        return rows.size() * ROW + (ROW - BAR) / 2;
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    private String x(double amount) {
        return number(LABEL + Math.min(1.05, amount / most) * PLOT);
    }

    String svg() {
        int height = rows.size() * ROW;
        int width = LABEL + PLOT + VALUE;
        return "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(
                        width,
                        height,
                        width,
                        height,
                        EvaluationPage.escape(title),
                        String.join("", rows));
    }
}
