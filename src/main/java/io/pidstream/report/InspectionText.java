package io.pidstream.report;

import io.pidstream.inspect.Channel;
import io.pidstream.inspect.LeftOut;
import io.pidstream.inspect.Proposal;
import io.pidstream.record.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was seen of a file, as text for a terminal.
 *
 * @param proposal what was seen
 */
public record InspectionText(Proposal proposal) {
    private static final int MOST_LEFT_OUT = 20;

    /** A table of the channels with their grades, and what was left out. */
    public String render() {
        StringBuilder text = new StringBuilder();
        text.append(proposal.data().getFileName()).append(System.lineSeparator());
        proposal.facts().forEach(fact -> line(text, fact));
        line(text, "");
        List<List<String>> rows = rows();
        Columns columns = new Columns(true);
        rows.forEach(columns::fit);
        rows.forEach(row -> line(text, columns.line(row)));
        List<LeftOut> leftOut = proposal.leftOut();
        if (!leftOut.isEmpty()) {
            line(text, "");
            line(text, "left out");
            leftOut.stream()
                    .limit(MOST_LEFT_OUT)
                    .forEach(each -> line(text, "  " + each.column() + ": " + each.why()));
            if (leftOut.size() > MOST_LEFT_OUT) {
                line(text, "  and %d more".formatted(leftOut.size() - MOST_LEFT_OUT));
            }
        }
        return text.toString().stripTrailing();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "channel",
                        "modality",
                        "grade",
                        "missing",
                        "least",
                        "middle",
                        "most",
                        "with target",
                        ""));
        for (Channel channel : proposal.pictures()) {
            if (!channel.use().isEmpty()) {
                rows.add(
                        List.of(
                                channel.name(),
                                channel.use(),
                                channel.grade().words(),
                                "%.1f".formatted(100 * channel.missing()) + "%",
                                figure(channel.least()),
                                figure(channel.middle()),
                                figure(channel.most()),
                                figure(channel.withTarget()),
                                channel.why()));
            }
        }
        return rows;
    }

    /** Four digits at most; a dash for what is not known. */
    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return String.valueOf((long) value);
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static void line(StringBuilder text, String words) {
        text.append(words.isEmpty() ? "" : "  " + words).append(System.lineSeparator());
    }
}
