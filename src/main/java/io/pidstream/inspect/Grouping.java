package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proposes modalities: by beginnings or ends that names share, else by what is measured, else by
 * correlation.
 */
final class Grouping {
    /** With the target's own past there are six. */
    static final int MOST = 5;

    private static final double COVERED = 0.8;
    private static final int LEAST_SHARED = 3;

    /** Words in names that say how a value was computed, not what it is of. */
    private static final Set<String> STATISTICS =
            Set.of(
                    "avg",
                    "average",
                    "prev",
                    "previous",
                    "delta",
                    "diff",
                    "lag",
                    "range",
                    "change",
                    "mean",
                    "min",
                    "max",
                    "std",
                    "sum",
                    "tot",
                    "total",
                    "value",
                    "raw",
                    "pct",
                    "percent",
                    "rms",
                    "peak",
                    "median",
                    "var",
                    "rate",
                    "temp",
                    "temperature",
                    "the",
                    "of");

    /** Marks between parts of a name, as patterns: those of paths first. */
    private static final List<String> MARKS = List.of("[./:|\\\\]", "[_ -]+");

    private final List<Series> channels;
    private final Clusters clusters;

    Grouping(List<Series> channels, Correlations correlations) {
        this.channels = channels;
        this.clusters = new Clusters(correlations);
    }

    /**
     * @return 2 to {@link #MOST} groups of all channels
     * @throws IllegalArgumentException if there are fewer than two channels
     */
    List<Group> propose() {
        if (channels.size() < 2) {
            throw new IllegalArgumentException(channels.size() + " channels make no two groups");
        }
        List<Group> groups = byPrefix();
        if (groups == null) {
            groups = bySharedWordsAndKinds();
        }
        return distinctNames(between(groups));
    }

    /** Groups by what stands before a mark, where nearly all names share theirs; else null. */
    private List<Group> byPrefix() {
        for (String mark : MARKS) {
            List<Group> groups = byPrefix(mark);
            if (groups != null) {
                return groups;
            }
        }
        return null;
    }

    private List<Group> byPrefix(String mark) {
        Map<String, List<Integer>> byWord = new LinkedHashMap<>();
        for (int c = 0; c < channels.size(); c++) {
            byWord.computeIfAbsent(prefix(c, mark), word -> new ArrayList<>()).add(c);
        }
        long shared =
                byWord.entrySet().stream()
                        .filter(e -> e.getValue().size() > 1 && !e.getKey().isEmpty())
                        .mapToInt(e -> e.getValue().size())
                        .sum();
        if (byWord.size() < 2 || byWord.size() > MOST || shared < COVERED * channels.size()) {
            return null;
        }
        List<Group> groups = new ArrayList<>();
        byWord.forEach(
                (word, members) ->
                        groups.add(
                                !isPath(mark) && namesItself(word, members, byWord)
                                        ? ofKind(commonKind(members), members)
                                        : new Group(
                                                Words.asName(word.isEmpty() ? "other" : word),
                                                "names begin with " + word,
                                                members)));
        return groups;
    }

    /** Whether what a group measures says more than the word that its names begin with. */
    private boolean namesItself(
            String word, List<Integer> members, Map<String, List<Integer>> groups) {
        Kind kind = commonKind(members);
        boolean initial = word.length() <= 2 && members.size() > 1;
        return kind != null
                && !initial
                && groups.values().stream()
                        .allMatch(other -> other == members || commonKind(other) != kind);
    }

    /** What all of them measure; null if that differs or is unknown. */
    private Kind commonKind(List<Integer> members) {
        Kind common = kind(members.get(0));
        return members.stream().allMatch(c -> kind(c) == common) ? common : null;
    }

    private Kind kind(int channel) {
        return Kind.of(channels.get(channel).title(), channels.get(channel).unit());
    }

    /** Whether what stands before a mark is meant as the name of a group. */
    private static boolean isPath(String mark) {
        return !mark.equals(MARKS.get(MARKS.size() - 1));
    }

    /** What stands before the first mark; empty if there is none. */
    private String prefix(int channel, String mark) {
        String[] parts = channels.get(channel).title().strip().split(mark, 2);
        return parts.length < 2 ? "" : parts[0].toLowerCase(Locale.ROOT);
    }

    private List<Group> bySharedWordsAndKinds() {
        List<Group> groups = new ArrayList<>();
        Set<Integer> free = new TreeSet<>();
        for (int c = 0; c < channels.size(); c++) {
            free.add(c);
        }
        for (boolean atEnd : new boolean[] {false, true}) {
            shared(free, atEnd).entrySet().stream()
                    .filter(e -> e.getValue().size() >= LEAST_SHARED)
                    .filter(e -> e.getValue().size() < COVERED * channels.size())
                    .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
                    .limit(2)
                    .forEach(
                            e -> {
                                groups.add(
                                        new Group(
                                                Words.asName(e.getKey()),
                                                "names %s with %s"
                                                        .formatted(
                                                                atEnd ? "end" : "begin",
                                                                e.getKey()),
                                                e.getValue()));
                                free.removeAll(e.getValue());
                            });
        }
        byKind(free, groups);
        return groups;
    }

    /**
     * Channels by the word at one end of their names, except words that are a kind or a statistic.
     */
    private Map<String, List<Integer>> shared(Set<Integer> free, boolean atEnd) {
        Map<String, List<Integer>> byWord = new LinkedHashMap<>();
        for (int c : free) {
            List<String> words = Words.of(channels.get(c).title());
            if (words.size() < 2 || kind(c) == Kind.QUALITY || kind(c) == Kind.STATUS) {
                continue;
            }
            String word = words.get(atEnd ? words.size() - 1 : 0);
            boolean speaks =
                    word.length() > 1
                            && !STATISTICS.contains(word)
                            && !word.matches("\\d+")
                            && Kind.of(word, "") == null
                            && Kind.of("", word) == null;
            if (speaks) {
                byWord.computeIfAbsent(word, key -> new ArrayList<>()).add(c);
            }
        }
        return byWord;
    }

    private void byKind(Set<Integer> free, List<Group> groups) {
        Map<Kind, List<Integer>> kinds = new EnumMap<>(Kind.class);
        List<Integer> unknown = new ArrayList<>();
        for (int c : free) {
            Kind kind = kind(c);
            if (kind == null) {
                unknown.add(c);
            } else {
                kinds.computeIfAbsent(kind, key -> new ArrayList<>()).add(c);
            }
        }
        mergeFamilies(kinds, groups.size());
        kinds.forEach((kind, members) -> groups.add(ofKind(kind, members)));
        if (unknown.size() == channels.size()) {
            byCorrelation(unknown, groups);
        } else if (!unknown.isEmpty()) {
            groups.add(new Group("other", "neither names nor units say what they are", unknown));
        }
    }

    private static Group ofKind(Kind kind, List<Integer> members) {
        return new Group(kind.modality(), "names or units say " + kind.modality(), members);
    }

    /**
     * Puts kinds together that are small and belong together, as a person would: weather beside
     * something else, or temperature and pressure of the air, whose humidity is known.
     */
    private static void mergeFamilies(Map<Kind, List<Integer>> kinds, int others) {
        long outside =
                kinds.keySet().stream()
                        .filter(
                                kind ->
                                        kind == Kind.WIND
                                                || kind == Kind.PRECIPITATION
                                                || kind == Kind.CLOUD)
                        .count();
        boolean elsewhere =
                others > 0 || kinds.keySet().stream().anyMatch(k -> !Kind.OF_WEATHER.contains(k));
        if (outside > 0 && elsewhere) {
            join(kinds, Kind.OF_WEATHER, 4, Kind.WEATHER, others);
        } else if (kinds.containsKey(Kind.HUMIDITY) && kinds.size() + others > 2) {
            join(kinds, Kind.OF_AIR, 2, Kind.AIR, others);
        }
    }

    /** Joins small kinds of a family. */
    private static void join(
            Map<Kind, List<Integer>> kinds, List<Kind> family, int small, Kind into, int others) {
        List<Kind> joined =
                family.stream()
                        .filter(kind -> kinds.containsKey(kind) && kinds.get(kind).size() <= small)
                        .toList();
        if (joined.size() < 2 || (joined.size() == kinds.size() && others == 0)) {
            return;
        }
        List<Integer> members = kinds.computeIfAbsent(into, key -> new ArrayList<>());
        joined.forEach(kind -> members.addAll(kinds.remove(kind)));
    }

    private void byCorrelation(List<Integer> unknown, List<Group> groups) {
        List<List<Integer>> single = unknown.stream().map(List::of).toList();
        int wanted = Math.max(2, Math.min(3, unknown.size() / 3));
        List<List<Integer>> merged = clusters.merge(single, wanted);
        for (int i = 0; i < merged.size(); i++) {
            groups.add(new Group("group-" + (i + 1), "they correlate", merged.get(i)));
        }
    }

    /** Merges the closest of too many groups, and splits one that is alone. */
    private List<Group> between(List<Group> groups) {
        if (groups.size() == 1) {
            List<List<Integer>> single = groups.get(0).channels().stream().map(List::of).toList();
            List<List<Integer>> halves = clusters.merge(single, 2);
            String name = groups.get(0).name();
            return List.of(
                    new Group(name + "-1", "they correlate", halves.get(0)),
                    new Group(name + "-2", "they correlate", halves.get(1)));
        }
        List<Group> few = new ArrayList<>(groups);
        while (few.size() > MOST) {
            // The smallest goes to the group that it correlates with most.
            few.sort(Comparator.comparingInt((Group g) -> -g.channels().size()));
            Group smallest = few.remove(few.size() - 1);
            int nearest = 0;
            for (int g = 1; g < few.size(); g++) {
                if (clusters.nearness(few.get(g).channels(), smallest.channels())
                        > clusters.nearness(few.get(nearest).channels(), smallest.channels())) {
                    nearest = g;
                }
            }
            few.set(nearest, joined(few.get(nearest), smallest));
        }
        few.sort(Comparator.comparingInt((Group g) -> g.channels().get(0)));
        return few;
    }

    private static Group joined(Group large, Group small) {
        List<Integer> all = new ArrayList<>(large.channels());
        all.addAll(small.channels());
        String why = large.why() + "; with " + small.name() + ", which correlates most with them";
        return new Group(large.name(), why, all);
    }

    private static List<Group> distinctNames(List<Group> groups) {
        Set<String> taken = new HashSet<>(Set.of("history"));
        List<Group> named = new ArrayList<>();
        for (Group group : groups) {
            String name = group.name();
            for (int n = 2; !taken.add(name); n++) {
                name = group.name() + "-" + n;
            }
            named.add(new Group(name, group.why(), group.channels()));
        }
        return named;
    }
}
