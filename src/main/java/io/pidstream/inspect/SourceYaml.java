package io.pidstream.inspect;

/** Writes the sections that read a topic: {@code kafka} and {@code sources}. */
final class SourceYaml {
    private static final long HOUR_MILLIS = 3_600_000;

    private final Proposal proposal;
    private final SampledTopic topic;
    private final Facts facts;
    private final YamlLines yaml;

    SourceYaml(Proposal proposal, YamlLines yaml) {
        this.proposal = proposal;
        this.topic = proposal.look().topic();
        this.facts = new Facts(proposal);
        this.yaml = yaml;
    }

    void write() {
        yaml.gap();
        yaml.line(0, "kafka:");
        yaml.line(2, "bootstrap-servers: " + Yaml.text(topic.bootstrapServers()));
        yaml.gap();
        yaml.line(0, "sources:");
        yaml.comment(2, YamlLines.sentence(facts.writing()));
        yaml.line(2, "- topic: " + Yaml.text(topic.topic()));
        if (topic.messages().records() != null) {
            yaml.line(4, "records: " + Yaml.text(topic.messages().records()));
        }
        asset();
        time();
        values();
        yaml.missing(4, facts, proposal.content());
    }

    private void asset() {
        String asset = proposal.asset();
        yaml.comment(4, YamlLines.sentence(facts.asset()));
        if (asset.isEmpty()) {
            yaml.line(4, "asset: {constant: %s}".formatted(Yaml.text(proposal.name())));
        } else {
            yaml.line(
                    4, "asset: " + (asset.equals(SampledTopic.KEY) ? "{key: true}" : field(asset)));
        }
    }

    private void time() {
        Times times = proposal.look().times();
        yaml.comment(4, YamlLines.sentence(facts.time()));
        if (times.columns().isEmpty()) {
            yaml.line(4, "time: {record: true}");
            return;
        }
        String how =
                times.format() instanceof TimeNotation.Count count
                        ? "unit: " + count.unit()
                        : "format: " + Yaml.text(times.format().yaml());
        String column = proposal.look().table().names().get(times.columns().get(0));
        yaml.line(4, "time: {field: %s, %s}".formatted(field(column), how));
        if (times.needZone(proposal.look().table())) {
            yaml.comment(4, "Times have no offset and count as UTC; for local time, for instance:");
            yaml.comment(
                    4, "time: {field: %s, %s, zone: Europe/Berlin}".formatted(field(column), how));
        }
    }

    private void values() {
        LongFormat metrics = proposal.look().metrics();
        if (metrics != null) {
            yaml.comment(4, YamlLines.sentence(facts.metrics()));
            yaml.line(4, "metric: " + field(proposal.look().table().names().get(metrics.metric())));
            yaml.line(4, "value: " + field(proposal.look().table().names().get(metrics.value())));
        }
        yaml.line(4, "channels:");
        for (Group group : proposal.groups()) {
            for (Series series : proposal.channelsOf(group)) {
                yaml.line(6, "%s: %s".formatted(Yaml.text(series.name()), value(series)));
            }
        }
        yaml.line(4, "target: " + value(proposal.targetSeries()));
        if (topic.mostLag(proposal.look().times()) > HOUR_MILLIS) {
            yaml.comment(
                    4, "Records were written long after their times, so these do not say when a");
            yaml.comment(4, "label became known. Say here how long after its time it is.");
            yaml.line(4, "recorded-at: {delay: PT0S}");
        }
    }

    /** With one value a record, the name of the metric is that of the series. */
    private String value(Series series) {
        return proposal.look().metrics() == null ? field(series.name()) : Yaml.text(series.name());
    }

    private String field(String column) {
        return Yaml.text(topic.field(column));
    }
}
