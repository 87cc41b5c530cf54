package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a file and proposes a configuration, in steps between which a person may choose: the
 * asset, then the target, then the modalities.
 */
public final class Inspection {
    private static final double MOST_MISSING = 0.4;
    private static final int MOST_CHANNELS = 200;

    private final Path path;
    private final Look look;
    private final int asset;
    private final Content content;
    private final List<Graded> grades = new ArrayList<>();
    private final Rhythm rhythm;

    private Inspection(Path path, Look look, int asset) {
        this.path = path;
        this.look = look;
        this.asset = asset;
        this.content = Content.of(look, asset);
        Frame frame = content.frame();
        frame.series().forEach(series -> grades.add(Grader.grade(series, frame.assets())));
        this.rhythm = Rhythm.of(frame.millis(), frame.assets(), frame.assetNames().length);
    }

    /**
     * Reads the first rows of a file.
     *
     * @throws ConfigurationException if it is not a file with columns and rows
     */
    public static Inspection of(Path path) {
        Look look = Look.at(path);
        return new Inspection(path, look, look.asset());
    }

    /** The name of the configuration, from that of the file or of the topic. */
    public String name() {
        return Proposal.nameOf(path, look);
    }

    /**
     * Looks at records of a topic.
     *
     * @throws ConfigurationException if they are no JSON with fields
     */
    public static Inspection of(SampledTopic topic) {
        Look look = topic.look();
        return new Inspection(Path.of(topic.topic()), look, look.asset());
    }

    /** The column of the asset; empty if all rows are of one asset. */
    public String asset() {
        return asset < 0 ? "" : look.table().names().get(asset);
    }

    /**
     * The same with another column of the asset.
     *
     * @param column empty for none
     * @throws ConfigurationException if there is no such column
     */
    public Inspection withAsset(String column) {
        int index = column.isEmpty() ? -1 : look.table().indexOf(column);
        if (index < 0 && !column.isEmpty()) {
            throw unknown("--asset", column, look.table().names());
        }
        return index == asset ? this : new Inspection(path, look, index);
    }

    /**
     * A column that may be the target.
     *
     * @param why what speaks for it
     */
    public record Target(String name, String why) {}

    /**
     * The columns that may be the target, the most likely first.
     *
     * @throws ConfigurationException if no column has numbers
     */
    public List<Target> targets() {
        List<Series> series = content.frame().series();
        if (series.isEmpty()) {
            throw new ConfigurationException(
                    List.of(
                            "%s: expected columns of numbers; none has"
                                    .formatted(look.asked(path))));
        }
        return new TargetFinder(series, grades, Correlations.of(series))
                .candidates().stream()
                        .map(c -> new Target(series.get(c.index()).name(), c.why()))
                        .toList();
    }

    /** The proposal for the most likely target with which there is one. */
    public Proposal propose() {
        ConfigurationException first = null;
        for (Target target : targets()) {
            try {
                return propose(target.name(), target.why());
            } catch (ConfigurationException e) {
                // Too few channels may be left beside this target, but not beside another one.
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    /**
     * The proposal for a target.
     *
     * @throws ConfigurationException if there is no such column of numbers, or fewer than two
     *     others can be used
     */
    public Proposal propose(String target, String why) {
        List<Series> series = content.frame().series();
        int index = -1;
        for (int i = 0; i < series.size(); i++) {
            index = series.get(i).name().equals(target) ? i : index;
        }
        if (index < 0) {
            throw unknown("--target", target, series.stream().map(Series::name).toList());
        }
        Map<Series, String> leftOut = leftOut(series.get(index));
        List<Series> channels =
                series.stream()
                        .filter(s -> !s.name().equals(target) && !leftOut.containsKey(s))
                        .toList();
        if (channels.size() < 2) {
            List<String> reasons = new ArrayList<>();
            leftOut.forEach((s, reason) -> reasons.add(s.title() + " (" + reason + ")"));
            throw new ConfigurationException(
                    List.of(
                            "%s: expected two channels or more besides the target %s; %s%s"
                                    .formatted(
                                            look.asked(path),
                                            target,
                                            channels.isEmpty()
                                                    ? "there is none"
                                                    : "there is " + channels.get(0).title(),
                                            reasons.isEmpty()
                                                    ? ""
                                                    : ", left out: "
                                                            + String.join(", ", reasons))));
        }
        return proposal(series.get(index), why, channels, leftOut);
    }

    private Proposal proposal(
            Series target, String why, List<Series> channels, Map<Series, String> leftOut) {
        List<Series> all = new ArrayList<>(channels);
        all.add(target);
        Correlations correlations = Correlations.of(all);
        List<Group> groups = new Grouping(channels, correlations).propose();
        return new Proposal(
                path,
                look,
                content,
                asset,
                rhythm,
                target,
                why,
                channels,
                groups,
                leftOut,
                pictures(target, channels, groups, leftOut, correlations));
    }

    private List<Channel> pictures(
            Series target,
            List<Series> channels,
            List<Group> groups,
            Map<Series, String> leftOut,
            Correlations correlations) {
        List<Channel> pictures = new ArrayList<>();
        pictures.add(Channel.of(target, Channel.TARGET, graded(target), Double.NaN));
        for (Group group : groups) {
            for (int c : group.channels()) {
                Series series = channels.get(c);
                pictures.add(
                        Channel.of(
                                series,
                                group.name(),
                                graded(series),
                                correlations.of(c, channels.size())));
            }
        }
        leftOut.forEach(
                (series, reason) -> {
                    Grade grade = graded(series).grade();
                    pictures.add(Channel.of(series, "", new Graded(grade, reason), Double.NaN));
                });
        return pictures;
    }

    private Graded graded(Series series) {
        return grades.get(content.frame().series().indexOf(series));
    }

    /** The columns of numbers that are not used, with the reason. */
    private Map<Series, String> leftOut(Series target) {
        Map<Series, String> leftOut = new LinkedHashMap<>();
        Map<Series, String> copies = Redundant.copies(content.frame().series());
        List<Series> rest = new ArrayList<>();
        for (Series each : content.frame().series()) {
            if (each == target) {
                continue;
            }
            String why = unfit(each, graded(each));
            if (why == null && copies.containsKey(each)) {
                why = "a copy of " + copies.get(each);
            }
            if (why == null) {
                rest.add(each);
            } else {
                leftOut.put(each, why);
            }
        }
        leftOut.putAll(Redundant.computedFrom(target, rest));
        Set<Series> kept = new HashSet<>();
        rest.stream().filter(s -> !leftOut.containsKey(s)).limit(MOST_CHANNELS).forEach(kept::add);
        for (Series each : rest) {
            if (!kept.contains(each)) {
                leftOut.putIfAbsent(each, "beyond the first " + MOST_CHANNELS + " channels");
            }
        }
        return leftOut;
    }

    /** Why a column is of no use by itself; null if it may be. */
    private String unfit(Series series, Graded graded) {
        if (graded.grade() == Grade.CONSTANT || graded.grade() == Grade.SHORT) {
            return graded.grade() == Grade.CONSTANT
                    ? "constant, " + graded.why()
                    : "too short, " + graded.why();
        }
        if (graded.grade() == Grade.COARSE
                && Kind.of(series.title(), series.unit()) == Kind.QUALITY) {
            return "a flag of quality, " + graded.why();
        }
        if (Redundant.isRowNumber(series, content.frame().assets())) {
            return "the number of the row";
        }
        if (look.times().exist() && DateParts.isPart(series, content.frame().millis())) {
            return "a part of the date, which is not periodic within it";
        }
        return series.missing() > MOST_MISSING ? graded.why() : null;
    }

    private ConfigurationException unknown(String option, String name, List<String> known) {
        return new ConfigurationException(
                List.of(
                        "%s: %s: expected a column%s of %s; it has %s"
                                .formatted(
                                        option,
                                        name,
                                        option.equals("--target") ? " of numbers" : "",
                                        path,
                                        String.join(", ", known))));
    }
}
