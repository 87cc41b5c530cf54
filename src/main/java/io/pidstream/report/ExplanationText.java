package io.pidstream.report;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationIntervals;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Interval;
import io.pidstream.avro.Selection;
import io.pidstream.dashboard.Sentences;
import io.pidstream.record.ModalityOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An explanation as text for a terminal. */
final class ExplanationText {
    /** Width of the names of modalities, unless one is longer. */
    private static final int NAME = 28;

    private static final int BAR = 30;

    private final ModalityOrder order;
    private final StringBuilder text = new StringBuilder();

    private ExplanationText(ModalityOrder order) {
        this.order = order;
    }

    static String of(Explanation explanation, String target, ModalityOrder order) {
        if (explanation.getStatus() == ExplanationStatus.UNDEFINED) {
            return undefined(target, explanation.getReason());
        }
        ExplanationText written = new ExplanationText(order);
        written.append(explanation, target);
        return written.text.toString();
    }

    static String undefined(String target, String reason) {
        return "  %s%n".formatted(Sentences.undefined(target, reason));
    }

    private void append(Explanation explanation, String target) {
        line(
                "  What is known about %s, and from where (bits ± standard error; %,.0f effective"
                        + " samples)",
                target, explanation.getEffectiveSamples());
        Map<String, Double> information = order.sorted(explanation.getInformation());
        double most = 1e-9;
        for (double bits : information.values()) {
            most = Math.max(most, bits);
        }
        int width = information.keySet().stream().mapToInt(String::length).max().orElse(0);
        String row = "    %-" + Math.max(NAME, width) + "s %-30s %.3f ± %.3f";
        for (Map.Entry<String, Double> entry : information.entrySet()) {
            double bits = entry.getValue();
            line(
                    row,
                    entry.getKey(),
                    "█".repeat((int) Math.round(BAR * Math.max(0, bits) / most)),
                    bits,
                    explanation.getStandardError().getOrDefault(entry.getKey(), 0.0));
        }
        line("");
        line("    %s", String.join(" · ", parts(explanation)));
        line(
                "    share of each modality (Shapley): %s",
                String.join(", ", shares(explanation.getShapley())));
        if (explanation.getSelection() != null) {
            selection(explanation.getSelection());
        }
        explanation.getNotes().forEach(note -> line("    note: %s", note));
    }

    private void line(String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append(System.lineSeparator());
    }

    private List<String> parts(Explanation explanation) {
        List<String> parts = new ArrayList<>();
        ExplanationIntervals intervals = explanation.getIntervals();
        order.sorted(explanation.getUnique())
                .forEach(
                        (modality, bits) ->
                                parts.add(
                                        bits(
                                                "unique to " + modality,
                                                bits,
                                                intervals == null
                                                        ? null
                                                        : intervals.getUnique().get(modality))));
        if (explanation.getRedundant() != null) {
            parts.add(
                    bits(
                            "redundant (either would do)",
                            explanation.getRedundant(),
                            intervals == null ? null : intervals.getRedundant()));
        }
        if (explanation.getSynergistic() != null) {
            parts.add(
                    bits(
                            "synergistic (only together)",
                            explanation.getSynergistic(),
                            intervals == null ? null : intervals.getSynergistic()));
        }
        return parts;
    }

    private static String bits(String part, double bits, Interval interval) {
        String number = String.format(Locale.ROOT, "%s %.3f", part, bits);
        return interval == null
                ? number
                : number
                        + String.format(
                                Locale.ROOT,
                                " (%.3f–%.3f)",
                                interval.getLower(),
                                interval.getUpper());
    }

    /** The loss of predictions without some modalities. */
    private void selection(Selection selection) {
        order.sorted(selection.getLosses())
                .forEach(
                        (modality, loss) ->
                                line(
                                        "    without %s the error spread would rise by %.1f %%"
                                                + " (%.1f–%.1f)",
                                        modality,
                                        100 * loss.getResidualRise(),
                                        100 * loss.getLower(),
                                        100 * loss.getUpper()));
        if (!selection.getDroppable().isEmpty()) {
            line(
                    "    %s could be left out: error spread +%.1f %% (tolerance %.1f %%)",
                    String.join(" and ", selection.getDroppable()),
                    100 * selection.getResidualRise(),
                    100 * selection.getTolerance());
        }
    }

    private List<String> shares(Map<String, Double> shapley) {
        double sum = shapley.values().stream().mapToDouble(Double::doubleValue).sum();
        List<String> shares = new ArrayList<>();
        order.sorted(shapley)
                .forEach(
                        (modality, bits) ->
                                shares.add(
                                        String.format(
                                                Locale.ROOT,
                                                "%s %.0f %%",
                                                modality,
                                                sum > 0 ? 100 * bits / sum : 0)));
        return shares;
    }
}
