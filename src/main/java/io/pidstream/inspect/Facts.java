package io.pidstream.inspect;

import io.pidstream.mapping.MessageRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was seen of a file, in words. */
final class Facts {
    private static final double SOME = 0.001;

    private final Proposal proposal;
    private final Look look;

    Facts(Proposal proposal) {
        this.proposal = proposal;
        this.look = proposal.look();
    }

    List<String> all() {
        List<String> all = new ArrayList<>(List.of(rows(), writing()));
        if (look.metrics() != null) {
            all.add(metrics());
        }
        all.add(time());
        all.add(period());
        if (proposal.rhythm().lateRows() > 0) {
            all.add(order());
        }
        all.add(asset());
        if (!missing().isEmpty()) {
            all.add(missing());
        }
        proposal.content()
                .unreadable()
                .forEach(
                        (column, cells) -> {
                            if (proposal.uses(column)) {
                                all.add(
                                        "%s: %s are neither a number nor a missing value; their"
                                                        .formatted(
                                                                column, Shares.count(cells, "cell"))
                                                + " readings become dead letters");
                            }
                        });
        return all;
    }

    String rows() {
        String ragged =
                look.table().ragged() == 0
                        ? ""
                        : "; %s with another number of cells"
                                .formatted(Shares.count(look.table().ragged(), "row"));
        if (look.topic() != null) {
            return (look.table().whole() ? "all %s were read" : "the newest %s were read")
                    .formatted(Shares.count(look.table().rows(), "record"));
        }
        return (look.table().whole() ? "all %s were read" : "only the first %s were read")
                        .formatted(Shares.count(look.table().rows(), "row"))
                + ragged;
    }

    String writing() {
        if (look.topic() != null) {
            return messages(look.topic().messages());
        }
        Dialect dialect = look.dialect();
        List<String> parts = new ArrayList<>();
        if (look.file().gzip()) {
            parts.add("compressed by gzip");
        }
        if (!look.file().charset().equals(StandardCharsets.UTF_8)) {
            parts.add("encoded in " + look.file().charset().name());
        }
        parts.add("cells are separated by " + dialect.delimiterInWords());
        if (dialect.numerals().decimal() == ',') {
            parts.add("decimal comma");
        }
        if (dialect.numerals().thousands() != 0) {
            parts.add("'%s' between thousands".formatted(dialect.numerals().thousands()));
        }
        if (dialect.skipLines() > 0) {
            parts.add(Shares.count(dialect.skipLines(), "line") + " before the header");
        }
        if (!dialect.header()) {
            parts.add("no header");
        }
        if (dialect.rowNames()) {
            parts.add("the header lacks the name of the first column");
        }
        if (dialect.unitLines() > 0) {
            parts.add(
                    Shares.count(dialect.unitLines(), "line")
                            + " below the header with units, which become dead letters");
        }
        return String.join(", ", parts);
    }

    private static String messages(MessageRows messages) {
        String records =
                messages.records() != null
                        ? "an array of records in " + messages.records()
                        : messages.arrays() ? "an array of records" : "one record";
        return "a message in JSON is %s%s"
                .formatted(
                        records, messages.envelopes() ? ", in the envelope of Kafka Connect" : "");
    }

    String metrics() {
        return (look.topic() == null
                        ? "one value a row: column %s says what was measured, column %s has the"
                                + " values"
                        : "one value a record: %s says what was measured, %s has the values")
                .formatted(
                        look.table().titles().get(look.metrics().metric()),
                        look.table().titles().get(look.metrics().value()));
    }

    String time() {
        Times times = look.times();
        if (!times.exist()) {
            return "no column has times: rows count as a second apart, in their order";
        }
        String columns =
                times.columns().isEmpty()
                        ? SampledTopic.TIMESTAMP
                        : times.columns().stream()
                                .map(look.table().titles()::get)
                                .collect(Collectors.joining(" and "));
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (long time : times.millis()) {
            if (time != TimeNotation.NONE) {
                first = Math.min(first, time);
                last = Math.max(last, time);
            }
        }
        String span =
                first > last
                        ? ""
                        : ", from %s to %s"
                                .formatted(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last));
        return "time in %s: %s%s".formatted(columns, times.seen(), span);
    }

    String period() {
        Rhythm rhythm = proposal.rhythm();
        String repeated =
                rhythm.repeated() < SOME
                        ? ""
                        : "; %s of the rows repeat the time of another row of their asset"
                                .formatted(Shares.percent(rhythm.repeated()));
        return "step %s between %s of the rows%s"
                .formatted(words(rhythm.period()), Shares.percent(rhythm.regular()), repeated);
    }

    String order() {
        return "%s of the rows come after a newer one, up to %s late"
                .formatted(
                        Shares.percent(proposal.rhythm().lateRows()),
                        words(proposal.rhythm().late()));
    }

    String asset() {
        if (proposal.assets() == 1 && !proposal.asset().isEmpty()) {
            return "one asset so far, named in " + proposal.asset();
        }
        return proposal.asset().isEmpty()
                ? "one asset: rows do not repeat times"
                : "%s in %s%s, which tells rows of the same time apart"
                        .formatted(
                                Shares.count(proposal.assets(), "asset"),
                                look.topic() == null ? "column " : "",
                                proposal.asset());
    }

    /** Empty if nothing but the usual marks stands for a missing value. */
    String missing() {
        List<String> marks = new ArrayList<>();
        proposal.content()
                .sentinels()
                .forEach(
                        (value, cells) ->
                                marks.add(
                                        "%s in %s"
                                                .formatted(
                                                        Shares.plain(value),
                                                        Shares.count(cells, "cell"))));
        marks.addAll(proposal.content().markers());
        return marks.isEmpty() ? "" : "marks of missing values: " + String.join(", ", marks);
    }

    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 86_400_000 == 0 && millis > 0) {
            return millis / 86_400_000 + " d";
        }
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + " h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
