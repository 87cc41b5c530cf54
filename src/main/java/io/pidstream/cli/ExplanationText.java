package io.pidstream.cli;

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
        for (JsonNode note : explanation.path("notes")) {
            text.append("    note: %s%n".formatted(note.asText()));
        }
        return text.toString();
    }

    private static List<String> parts(JsonNode explanation) {
        List<String> parts = new ArrayList<>();
        JsonNode atoms = explanation.path("atoms");
        for (String modality : names(atoms.path("unique"))) {
            parts.add(bits("unique to " + modality, atoms.path("unique").path(modality)));
        }
        if (atoms.path("redundant").isNumber()) {
            parts.add(bits("redundant (either would do)", atoms.path("redundant")));
            parts.add(bits("synergistic (only together)", atoms.path("synergistic")));
        }
        return parts;
    }

    private static String bits(String what, JsonNode value) {
        return String.format(Locale.ROOT, "%s %.3f", what, value.asDouble());
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
