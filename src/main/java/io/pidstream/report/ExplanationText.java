package io.pidstream.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation as a person reads it in a terminal. */
final class ExplanationText {
    private static final int BAR = 30;

    private ExplanationText() {}

    static String of(JsonNode explanation, String target) {
        if (!explanation.path("reason").isMissingNode() && !explanation.path("reason").isNull()) {
            return "  where the knowledge about %s comes from is undefined: %s%n"
                    .formatted(target, explanation.path("reason").asText());
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "  What is known about %s, and from where (bits ± standard error; %,.0f effective samples)%n"
                        .formatted(target, explanation.path("effectiveSamples").asDouble()));
        JsonNode information = explanation.path("information");
        double most = 1e-9;
        for (JsonNode value : information) {
            most = Math.max(most, value.asDouble());
        }
        for (String subset : names(information)) {
            double bits = information.path(subset).asDouble();
            text.append(
                    "    %-28s %-30s %.3f ± %.3f%n"
                            .formatted(
                                    subset,
                                    "█".repeat((int) Math.round(BAR * Math.max(0, bits) / most)),
                                    bits,
                                    explanation.path("standardError").path(subset).asDouble()));
        }
        text.append(String.format("%n    "));
        text.append(String.join(" · ", parts(explanation)));
        text.append(String.format("%n    share of each modality (Shapley): "));
        text.append(String.join(", ", shares(explanation.path("shapley"))));
        text.append(String.format("%n"));
        selection(text, explanation.path("selection"));
        for (JsonNode note : explanation.path("notes")) {
            text.append("    note: %s%n".formatted(note.asText()));
        }
        return text.toString();
    }

    private static List<String> parts(JsonNode explanation) {
        List<String> parts = new ArrayList<>();
        JsonNode atoms = explanation.path("atoms");
        JsonNode intervals = explanation.path("intervals");
        for (String modality : names(atoms.path("unique"))) {
            parts.add(
                    bits(
                            "unique to " + modality,
                            atoms.path("unique").path(modality),
                            intervals.path("unique").path(modality)));
        }
        if (atoms.path("redundant").isNumber()) {
            parts.add(
                    bits(
                            "redundant (either would do)",
                            atoms.path("redundant"),
                            intervals.path("redundant")));
            parts.add(
                    bits(
                            "synergistic (only together)",
                            atoms.path("synergistic"),
                            intervals.path("synergistic")));
        }
        return parts;
    }

    private static String bits(String what, JsonNode value, JsonNode interval) {
        String text = String.format(Locale.ROOT, "%s %.3f", what, value.asDouble());
        return interval.isObject()
                ? text
                        + String.format(
                                Locale.ROOT,
                                " (%.3f–%.3f)",
                                interval.path("lower").asDouble(),
                                interval.path("upper").asDouble())
                : text;
    }

    /** What predictions would lose; nothing where that is not known. */
    private static void selection(StringBuilder text, JsonNode selection) {
        for (String modality : names(selection.path("without"))) {
            JsonNode loss = selection.path("without").path(modality);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "    without %s the error's spread would rise by %.1f %% (%.1f–%.1f)%n",
                            modality,
                            100 * loss.path("residualRise").asDouble(),
                            100 * loss.path("lower").asDouble(),
                            100 * loss.path("upper").asDouble()));
        }
        List<String> droppable = new ArrayList<>();
        selection.path("droppable").forEach(modality -> droppable.add(modality.asText()));
        if (!droppable.isEmpty()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "    %s could be left out: %.1f %%, of %.1f %% put up with%n",
                            String.join(" and ", droppable),
                            100 * selection.path("residualRise").asDouble(),
                            100 * selection.path("tolerance").asDouble()));
        }
    }

    private static List<String> shares(JsonNode shapley) {
        double sum = 0;
        for (JsonNode value : shapley) {
            sum += value.asDouble();
        }
        List<String> shares = new ArrayList<>();
        for (String modality : names(shapley)) {
            double share = sum > 0 ? shapley.path(modality).asDouble() / sum : 0;
            shares.add(String.format(Locale.ROOT, "%s %.0f %%", modality, 100 * share));
        }
        return shares;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
