package io.pidstream.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Curves over epochs as SVG, from 0 to a round number that none exceeds. */
final class CurveChart {
    private static final int LEFT = 70;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 220;
    private static final int BOTTOM = 30;

    /** About so many steps of the axis. */
    private static final int STEPS = 4;

    private record Curve(String name, String kind, double[] values) {}

    private final String title;
    private final List<Curve> curves = new ArrayList<>();

    CurveChart(String title) {
        this.title = title;
    }

    /**
     * @param kind class that gives the colour
     * @param values one per epoch; those that are NaN are left out
     */
    void curve(String name, String kind, double[] values) {
        curves.add(new Curve(name, kind, values));
    }

    String svg() {
        double most =
                curves.stream()
                        .flatMapToDouble(curve -> Arrays.stream(curve.values()))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(1);
        double step = roundStep(most > 0 ? most / STEPS : 1.0 / STEPS);
        int ticks = Math.max(1, (int) Math.ceil(most / step));
        double top = ticks * step;
        int epochs = curves.stream().mapToInt(curve -> curve.values().length).max().orElse(1);
        StringBuilder svg = new StringBuilder();
        for (int tick = 0; tick <= ticks; tick++) {
            double y = y((double) tick / ticks);
            svg.append(
                    format(
                            "<path class=\"axis\" d=\"M%d %.1fH%d\"/><text class=\"name\" x=\"%d\""
                                    + " y=\"%.1f\">%s</text>",
                            LEFT, y, LEFT + WIDTH, LEFT - 8, y + 5, label(tick, step)));
        }
        svg.append(
                format(
                        "<text x=\"%d\" y=\"%d\">epoch 1 to %d</text>",
                        LEFT, HEIGHT + BOTTOM, epochs));
        int place = LEFT + 160;
        for (Curve curve : curves) {
            svg.append(
                    format(
                            "<path class=\"curve %s-line\" d=\"%s\"/>",
                            curve.kind(), path(curve.values(), top, epochs)));
            svg.append(
                    format(
                            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/><text"
                                    + " x=\"%d\" y=\"%d\">%s</text>",
                            curve.kind(),
                            place,
                            HEIGHT + BOTTOM - 11,
                            place + 18,
                            HEIGHT + BOTTOM,
                            EvaluationPage.escape(curve.name())));
            place += 190;
        }
        return format(
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\">%s</svg>",
                LEFT + WIDTH + 30,
                HEIGHT + BOTTOM + 10,
                LEFT + WIDTH + 30,
                HEIGHT + BOTTOM + 10,
                EvaluationPage.escape(title),
                svg);
    }

    /** 1, 2 or 5 times a power of ten, at least as large as given. */
    private static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int times : new int[] {1, 2, 5}) {
            if (times * power >= least) {
                return times * power;
            }
        }
        return 10 * power;
    }

    private static String label(int tick, double step) {
        return BigDecimal.valueOf(step)
                .round(new MathContext(1))
                .multiply(BigDecimal.valueOf(tick))
                .toPlainString();
    }

    private static String path(double[] values, double top, int epochs) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                double x = LEFT + (epochs < 2 ? 0 : (double) i / (epochs - 1) * WIDTH);
                double y = y(Math.max(0, values[i]) / top);
                path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
            }
        }
        return path.toString();
    }

    private static double y(double share) {
        return 10 + (HEIGHT - 20) * (1 - share);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
