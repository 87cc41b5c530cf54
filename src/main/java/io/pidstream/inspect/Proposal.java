package io.pidstream.inspect;

import io.pidstream.config.ConfigurationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was seen of a file, and a configuration that reads it. Immutable. */
public final class Proposal {
    private final Path path;
    private final Look look;
    private final Content content;
    private final int asset;
    private final Rhythm rhythm;
    private final Series target;
    private final String whyTarget;
    private final List<Series> channels;
    private final List<Group> groups;
    private final Map<Series, String> unused;
    private final List<Channel> pictures;

    Proposal(
            Path path,
            Look look,
            Content content,
            int asset,
            Rhythm rhythm,
            Series target,
            String whyTarget,
            List<Series> channels,
            List<Group> groups,
            Map<Series, String> unused,
            List<Channel> pictures) {
        this.path = path;
        this.look = look;
        this.content = content;
        this.asset = asset;
        this.rhythm = rhythm;
        this.target = target;
        this.whyTarget = whyTarget;
        this.channels = List.copyOf(channels);
        this.groups = List.copyOf(groups);
        this.unused = unused;
        this.pictures = List.copyOf(pictures);
    }

    /** The name of the configuration, from that of the file or of the topic. */
    public String name() {
        return nameOf(path, look);
    }

    static String nameOf(Path path, Look look) {
        if (look.topic() != null) {
            return Words.asName(look.topic().topic());
        }
        return Words.asName(
                path.getFileName()
                        .toString()
                        .replaceFirst("(?i)\\.gz$", "")
                        .replaceFirst("\\.[^.]*$", ""));
    }

    /** The file, or the name of the topic. */
    public Path data() {
        return path;
    }

    /** The name of the target. */
    public String target() {
        return target.name();
    }

    /** What speaks for the target. */
    public String whyTarget() {
        return whyTarget;
    }

    /** The channels of every modality. */
    public Map<String, List<String>> modalities() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Group group : groups) {
            all.put(group.name(), channelsOf(group).stream().map(Series::name).toList());
        }
        return all;
    }

    List<Series> channelsOf(Group group) {
        return group.channels().stream().map(channels::get).toList();
    }

    /**
     * The same with other modalities.
     *
     * @param chosen names of channels per modality; channels that are not named are left out
     * @throws ConfigurationException if a channel is unknown or named twice
     */
    public Proposal withModalities(Map<String, List<String>> chosen) {
        List<String> names = channels.stream().map(Series::name).toList();
        Set<String> taken = new HashSet<>();
        List<String> problems = new ArrayList<>();
        List<Group> other = new ArrayList<>();
        chosen.forEach(
                (name, members) -> {
                    List<Integer> indices = new ArrayList<>();
                    for (String member : members) {
                        if (!names.contains(member)) {
                            problems.add(
                                    "modality %s: %s: expected a channel; there are %s"
                                            .formatted(name, member, String.join(", ", names)));
                        } else if (!taken.add(member)) {
                            problems.add(
                                    "modality %s: %s: expected a channel of no other modality"
                                            .formatted(name, member));
                        } else {
                            indices.add(names.indexOf(member));
                        }
                    }
                    other.add(new Group(name, "chosen", indices));
                });
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return withGroups(other);
    }

    private Proposal withGroups(List<Group> other) {
        Map<String, String> use = new LinkedHashMap<>();
        for (Group group : other) {
            channelsOf(group).forEach(series -> use.put(series.title(), group.name()));
        }
        List<Channel> renamed = new ArrayList<>();
        for (Channel channel : pictures) {
            boolean fixed = channel.use().equals(Channel.TARGET) || channel.use().isEmpty();
            renamed.add(fixed ? channel : channel.used(use.getOrDefault(channel.name(), "")));
        }
        return new Proposal(
                path, look, content, asset, rhythm, target, whyTarget, channels, other, unused,
                renamed);
    }

    /** The target, the channels of every modality, and columns of numbers that are left out. */
    public List<Channel> pictures() {
        return pictures;
    }

    /** Columns that are not used, with the reason. */
    public List<LeftOut> leftOut() {
        List<LeftOut> all = new ArrayList<>();
        unused.forEach((series, why) -> all.add(new LeftOut(series.title(), why)));
        all.addAll(content.leftOut());
        return all;
    }

    /** Rows that were looked at. */
    public int rows() {
        return look.table().rows();
    }

    /** Whether these are all rows of the file. */
    public boolean whole() {
        return look.table().whole();
    }

    /** Number of assets. */
    public int assets() {
        return content.frame().assetNames().length;
    }

    /** The usual step between rows of an asset. */
    public Duration period() {
        return rhythm.period();
    }

    /** The configuration in YAML, with a comment on every choice. */
    public String yaml() {
        return new ProposalYaml(this).write();
    }

    /**
     * Copies the first rows, and all lines before them, decompressed.
     *
     * @param directory that exists
     * @return the copy, which the configuration reads as it reads the file
     */
    public Path copyHead(Path directory, int rows) throws IOException {
        Path copy = directory.resolve(path.getFileName().toString().replaceFirst("(?i)\\.gz$", ""));
        long lines = look.dialect().linesBeforeRows() + (long) rows;
        try (BufferedWriter out = Files.newBufferedWriter(copy, look.file().charset())) {
            for (String line :
                    (Iterable<String>) look.file().text().lines().limit(lines)::iterator) {
                out.write(line);
                out.write('\n');
            }
        }
        return copy;
    }

    Look look() {
        return look;
    }

    Content content() {
        return content;
    }

    Rhythm rhythm() {
        return rhythm;
    }

    List<Group> groups() {
        return groups;
    }

    /** Whether the values of a column are read; in long format all series share one. */
    boolean uses(String title) {
        return look.metrics() != null
                || target.title().equals(title)
                || channels.stream().anyMatch(channel -> channel.title().equals(title));
    }

    Series targetSeries() {
        return target;
    }

    /** The column of the asset; empty if all rows are of one asset. */
    public String asset() {
        return asset < 0 ? "" : look.table().names().get(asset);
    }

    /** What was seen of the file as a whole, a sentence each. */
    public List<String> facts() {
        return new Facts(this).all();
    }

    /** The key {@code csv.encoding} if it is not the default; else null. */
    String encoding() {
        return look.file().charset().equals(StandardCharsets.UTF_8)
                ? null
                : look.file().charset().name();
    }
}
