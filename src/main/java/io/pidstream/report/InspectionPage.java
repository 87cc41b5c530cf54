package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.dashboard.Sentence;
import io.pidstream.inspect.Channel;
import io.pidstream.inspect.Proposal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was seen of a file as one self-contained HTML page: every channel with a picture. */
public final class InspectionPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Proposal proposal;
    private final PageSections sections = new PageSections();

    public InspectionPage(Proposal proposal) {
        this.proposal = proposal;
    }

    public String render() throws IOException {
        sections.section("What was seen of the file");
        proposal.facts().forEach(fact -> sections.paragraph(sentence(fact)));
        sections.section("Target");
        sections.paragraph("Why this one: " + proposal.whyTarget() + ".");
        channels(Channel.TARGET);
        proposal.modalities()
                .forEach(
                        (name, members) -> {
                            sections.section("Modality " + name);
                            channels(name);
                        });
        if (proposal.pictures().stream().anyMatch(channel -> channel.use().isEmpty())) {
            sections.section("Numbers that are left out");
            channels("");
        }
        leftOut();
        sections.section("Configuration");
        sections.code(proposal.yaml());
        return ReportPage.render("pidstream init", proposal.name(), subtitle(), data());
    }

    private String subtitle() {
        return "%s: %,d rows%s, %,d asset%s, target %s"
                .formatted(
                        proposal.data().getFileName(),
                        proposal.rows(),
                        proposal.whole() ? "" : " (the first of more)",
                        proposal.assets(),
                        proposal.assets() == 1 ? "" : "s",
                        proposal.target());
    }

    private ObjectNode data() {
        ObjectNode data = JSON.createObjectNode();
        proposal.modalities().keySet().forEach(data.putArray("modalities")::add);
        ArrayNode lead = data.putArray("lead");
        ReportPage.add(lead, Sentence.of(words()));
        data.set("sections", sections.json());
        return data;
    }

    private String words() {
        long used = proposal.pictures().stream().filter(c -> !c.use().isEmpty()).count() - 1;
        long good =
                proposal.pictures().stream()
                        .filter(c -> !c.use().isEmpty() && c.grade().words().equals("good"))
                        .count();
        return ("%s is to be predicted from %d channels in %d modalities. %d of these %d columns"
                        + " are good; what is to be said of the others stands below them. Curves"
                        + " are means over equal parts of the rows, bars the distribution of the"
                        + " values.")
                .formatted(proposal.target(), used, proposal.modalities().size(), good, used + 1);
    }

    private void channels(String use) {
        PageSections.Pictures pictures = sections.pictures();
        for (Channel channel : proposal.pictures()) {
            if (channel.use().equals(use)) {
                pictures.picture(
                        channel.name(),
                        channel.grade().words(),
                        facts(channel),
                        channel.course(),
                        channel.histogram());
            }
        }
    }

    private static String facts(Channel channel) {
        List<String> facts = new ArrayList<>();
        if (!channel.why().isEmpty()) {
            facts.add(channel.why());
        }
        facts.add(
                "%s to %s, middle %s"
                        .formatted(
                                InspectionText.figure(channel.least()),
                                InspectionText.figure(channel.most()),
                                InspectionText.figure(channel.middle())));
        if (!Double.isNaN(channel.withTarget())) {
            facts.add(
                    String.format(
                            Locale.ROOT, "correlation with the target %.2f", channel.withTarget()));
        }
        return String.join("; ", facts);
    }

    private void leftOut() {
        if (proposal.leftOut().isEmpty()) {
            return;
        }
        sections.section("Left out");
        sections.table(
                List.of("column", "why"),
                proposal.leftOut().stream().map(e -> List.of(e.column(), e.why())).toList());
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
