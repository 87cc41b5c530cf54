package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Proposes the target: by its name, by how well the other columns predict it, by its place. */
final class TargetFinder {
    private static final Pattern TARGET =
            Pattern.compile(
                    "target|label|y|output|qualit(y|ät|aet|é)|response|rul|ziel|class|outcome");
    private static final Pattern OUTCOME =
            Pattern.compile(
                    "consumption|usage|demand|load|yield|efficiency|emissions?|pollution|pm2|pm25"
                            + "|count|cnt|occupancy|fail(ure)?s?|nox|co|price|production|verbrauch"
                            + "|deviation|thickness|strength|wear|viscosity");
    private static final double BY_NAME = 2;
    private static final double BY_OUTCOME = 0.8;
    private static final double BY_PLACE = 0.25;

    private static final double CERTAIN = 0.99;

    /** Above this the column is a copy, or is computed from the others. */
    private static final double COPY = 0.9999;

    private final List<Series> series;
    private final List<Graded> grades;
    private final Correlations correlations;

    /**
     * @param grades of the series, in their order
     */
    TargetFinder(List<Series> series, List<Graded> grades, Correlations correlations) {
        this.series = series;
        this.grades = grades;
        this.correlations = correlations;
    }

    /**
     * A column that may be the target.
     *
     * @param why what speaks for it
     */
    record Candidate(int index, double score, String why) {}

    /** The best first; at least one, and none that never changes unless all are so. */
    List<Candidate> candidates() {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            Grade grade = grades.get(i).grade();
            if (grade != Grade.CONSTANT && grade != Grade.SHORT) {
                all.add(candidate(i));
            }
        }
        for (int i = 0; i < series.size() && all.isEmpty(); i++) {
            all.add(candidate(i));
        }
        all.sort(Comparator.comparingDouble((Candidate c) -> -c.score()));
        return all;
    }

    private Candidate candidate(int index) {
        Series each = series.get(index);
        List<String> why = new ArrayList<>();
        double score = 0;
        List<String> words = Words.of(each.title());
        if (words.stream().anyMatch(word -> TARGET.matcher(word).matches())) {
            score += BY_NAME;
            why.add("its name says so");
        } else if (words.stream().anyMatch(word -> OUTCOME.matcher(word).matches())) {
            score += BY_OUTCOME;
            why.add("its name is that of an outcome");
        }
        double share = share(index);
        if (share < COPY) {
            // A column that follows from the others almost exactly is no outcome of them.
            score += share < CERTAIN ? share : 0.5;
            why.add("the others predict %s of it".formatted(Shares.percent(share)));
        }
        if (index == series.size() - 1) {
            score += BY_PLACE;
            why.add("it is the last column");
        }
        score -= against(each, grades.get(index).grade());
        return new Candidate(index, score, String.join(", ", why));
    }

    /** R² of ranks, by columns that are no copies of it. */
    private double share(int index) {
        List<Integer> others = new ArrayList<>();
        for (int j = 0; j < series.size(); j++) {
            if (j != index && Math.abs(correlations.of(index, j)) < COPY) {
                others.add(j);
            }
        }
        return correlations.determined(index, others);
    }

    private static double against(Series each, Grade grade) {
        Kind kind = Kind.of(each.title(), each.unit());
        double against =
                kind == Kind.CALENDAR || kind == Kind.QUALITY || kind == Kind.STATUS ? 1.5 : 0;
        against +=
                switch (grade) {
                    case CONSTANT, SHORT -> 10;
                    case WRAPS -> 1;
                    case COARSE -> 0.2;
                    case GOOD, GAPS, SATURATED -> 0;
                };
        return against + (each.missing() > 0.5 ? 0.5 : 0);
    }
}
