package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a proposal as a configuration with comments. */
final class ProposalYaml {
    private static final int MOST_LEFT_OUT = 60;

    private final Proposal proposal;
    private final Facts facts;
    private final YamlLines yaml = new YamlLines();

    ProposalYaml(Proposal proposal) {
        this.proposal = proposal;
        this.facts = new Facts(proposal);
    }

    String write() {
        String file = proposal.data().getFileName().toString();
        yaml.comment(0, "Written by pidstream init from %s; %s.".formatted(file, facts.rows()));
        yaml.line(0, "name: " + Yaml.text(proposal.name()));
        modalities();
        target();
        alignment();
        if (proposal.look().topic() == null) {
            csv();
        } else {
            new SourceYaml(proposal, yaml).write();
        }
        return yaml.toString();
    }

    private void modalities() {
        yaml.gap();
        yaml.comment(
                0, "Groups of channels that are explained separately; regroup them as you like.");
        yaml.line(0, "modalities:");
        for (Group group : proposal.groups()) {
            List<Series> channels = proposal.channelsOf(group);
            yaml.comment(2, YamlLines.sentence(group.why()));
            yaml.line(2, "- name: " + Yaml.text(group.name()));
            remarks(group);
            List<String> names = channels.stream().map(Series::name).toList();
            yaml.line(4, "channels: " + Yaml.list(names, 6));
        }
        List<LeftOut> leftOut = proposal.leftOut();
        if (!leftOut.isEmpty()) {
            yaml.comment(0, "Left out:");
            leftOut.stream()
                    .limit(MOST_LEFT_OUT)
                    .forEach(
                            each ->
                                    yaml.comment(
                                            0, "  %s: %s".formatted(each.column(), each.why())));
            if (leftOut.size() > MOST_LEFT_OUT) {
                yaml.comment(0, "  and %d more".formatted(leftOut.size() - MOST_LEFT_OUT));
            }
        }
    }

    /** What is to be said of channels whose grade is not good, and of names that are numbers. */
    private void remarks(Group group) {
        for (Series series : proposal.channelsOf(group)) {
            if (!series.title().equals(series.name())) {
                yaml.comment(4, "%s is %s".formatted(series.name(), series.title()));
            }
        }
        Map<String, List<String>> remarks = new LinkedHashMap<>();
        for (Channel channel : proposal.pictures()) {
            if (channel.use().equals(group.name()) && channel.grade() != Grade.GOOD) {
                String remark = "%s, %s".formatted(channel.grade().words(), channel.why());
                remarks.computeIfAbsent(remark, key -> new ArrayList<>()).add(channel.name());
            }
        }
        remarks.forEach(
                (remark, names) -> yaml.comment(4, String.join(", ", names) + ": " + remark));
    }

    private void target() {
        yaml.gap();
        Series target = proposal.targetSeries();
        Channel picture = proposal.pictures().get(0);
        yaml.comment(0, "Why this one: %s.".formatted(proposal.whyTarget()));
        yaml.comment(
                0,
                "%s to %s, missing in %s of the rows."
                        .formatted(
                                Shares.figure(picture.least()),
                                Shares.figure(picture.most()),
                                Shares.percent(picture.missing())));
        yaml.line(0, "target:");
        yaml.line(2, "name: " + Yaml.text(target.name()));
        if (proposal.rhythm().crowded() > 0) {
            yaml.comment(2, "Slots with several labels have their mean.");
            yaml.line(2, "aggregate: mean");
        }
        if (picture.least() >= 0) {
            yaml.comment(2, "It is never negative here; this keeps predictions from being so:");
            yaml.comment(2, "min: 0");
        }
    }

    private void alignment() {
        Rhythm rhythm = proposal.rhythm();
        yaml.gap();
        yaml.line(0, "alignment:");
        yaml.comment(2, YamlLines.sentence(facts.period()));
        yaml.line(2, "period: " + rhythm.period());
        if (rhythm.crowded() > 0) {
            yaml.comment(
                    2,
                    "%s of the rows share a slot with a former one: they are averaged."
                            .formatted(Shares.percent(rhythm.crowded())));
            yaml.line(2, "aggregate: mean");
        }
        if (!rhythm.late().isZero()) {
            yaml.comment(2, YamlLines.sentence(facts.order()));
            yaml.comment(
                    2,
                    "A file is sorted when it is read; of a topic, as late ones are waited for by");
            yaml.comment(2, "max-out-of-orderness: " + rhythm.late());
        }
    }

    private void csv() {
        yaml.gap();
        yaml.line(0, "csv:");
        dialect();
        time();
        columns();
        yaml.missing(2, facts, proposal.content());
    }

    private void dialect() {
        Dialect dialect = proposal.look().dialect();
        yaml.comment(2, YamlLines.sentence(facts.writing()));
        if (dialect.delimiter() != ',') {
            yaml.line(
                    2,
                    "delimiter: "
                            + (dialect.delimiter() == '\t'
                                    ? "tab"
                                    : Yaml.text(String.valueOf(dialect.delimiter()))));
        }
        if (dialect.numerals().decimal() != '.') {
            yaml.line(2, "decimal: \",\"");
        }
        if (dialect.numerals().thousands() != 0) {
            yaml.line(2, "thousands: " + Yaml.text(String.valueOf(dialect.numerals().thousands())));
        }
        if (proposal.encoding() != null) {
            yaml.line(2, "encoding: " + Yaml.text(proposal.encoding()));
        }
        int skipped = dialect.skipLines() + (dialect.rowNames() ? dialect.unitLines() + 1 : 0);
        if (skipped > 0) {
            yaml.line(2, "skip-lines: " + skipped);
        }
        if (!dialect.header() || dialect.rowNames()) {
            yaml.comment(2, "Columns are called 1, 2, 3 and so on.");
            yaml.line(2, "header: false");
        }
    }

    private void time() {
        Times times = proposal.look().times();
        yaml.comment(2, YamlLines.sentence(facts.time()));
        if (!times.exist()) {
            yaml.line(2, "time: {row: PT1S}");
            return;
        }
        List<String> names = new ArrayList<>();
        times.columns().forEach(column -> names.add(proposal.look().table().names().get(column)));
        yaml.line(
                2, "time: " + (names.size() == 1 ? Yaml.text(names.get(0)) : Yaml.list(names, 4)));
        String format = times.format().yaml();
        if (!(times.format() instanceof TimeNotation.Iso)) {
            boolean mapping = format.startsWith("{");
            yaml.line(2, "time-format: " + (mapping ? format : Yaml.text(format)));
        }
        if (times.needZone(proposal.look().table())) {
            yaml.comment(2, "Times have no offset and count as UTC; for local time, for instance:");
            yaml.comment(2, "zone: Europe/Berlin");
        }
    }

    private void columns() {
        yaml.comment(2, YamlLines.sentence(facts.asset()));
        yaml.line(
                2,
                "asset: "
                        + (proposal.asset().isEmpty()
                                ? "{constant: %s}".formatted(Yaml.text(proposal.name()))
                                : Yaml.text(proposal.asset())));
        LongFormat metrics = proposal.look().metrics();
        if (metrics != null) {
            yaml.comment(2, YamlLines.sentence(facts.metrics()));
            yaml.line(
                    2,
                    "metric: " + Yaml.text(proposal.look().table().names().get(metrics.metric())));
            yaml.line(
                    2, "value: " + Yaml.text(proposal.look().table().names().get(metrics.value())));
        }
        yaml.line(2, "channels: \"{channel}\"");
    }
}
