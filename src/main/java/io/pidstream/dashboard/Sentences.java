package io.pidstream.dashboard;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.Selection;
import io.pidstream.yardstick.Skill;
import io.pidstream.yardstick.YardstickErrors;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The sentences of the explanation page and of reports. */
public final class Sentences {
    /** Less joint information than this is called none, bits. */
    private static final double NOTHING = 0.005;

    /** Channels that are named. */
    private static final int MOST_CHANNELS = 3;

    private Sentences() {}

    /** How good the newest predictions were. */
    static Sentence goodness(Accuracy accuracy, Subject subject) {
        if (accuracy.labels() == 0) {
            return Sentence.of("No true value is known yet, so the error is unknown.");
        }
        String unit = subject.unit();
        double error = accuracy.meanAbsoluteError();
        double spread = accuracy.spread();
        Sentence sentence =
                Sentence.of("Predictions are ")
                        .term("error")
                        .text(" ")
                        .strong(Figures.withUnit(error, unit))
                        .text(" on average");
        if (Double.isFinite(spread) && spread > 0) {
            String guess = " would be off by %s. ".formatted(Figures.withUnit(spread, unit));
            sentence.text(error < spread ? "; " : ", no better than ").term("guess");
            sentence.text(
                    error < spread
                            ? guess
                            : ", which is off by %s. ".formatted(Figures.withUnit(spread, unit)));
        } else {
            sentence.text(". ");
        }
        return covered(sentence, accuracy.coverage(), subject.interval());
    }

    /**
     * What predictions are worth beside the best of the simple predictors; nothing where that is
     * not known.
     */
    public static Sentence skill(YardstickErrors yardsticks, Subject subject) {
        Skill skill = yardsticks.skill().orElse(null);
        if (skill == null) {
            return new Sentence();
        }
        double error = yardsticks.meanAbsoluteError(skill.against());
        Sentence sentence =
                Sentence.of("The best ")
                        .term("yardstick")
                        .text(", the %s, is off by ".formatted(skill.against()))
                        .strong(Figures.withUnit(error, subject.unit()));
        return skill.share() > 0
                ? sentence.text("; predictions save ")
                        .strong(Figures.percent(skill.share()))
                        .text(
                                " of that (%s by squared error)."
                                        .formatted(Figures.bits(skill.bits())))
                : sentence.text(". ").strong(skill.sentence());
    }

    /**
     * What error is expected of the predictions whose true value is not known yet, and how such
     * expectations came out; nothing where every true value is known.
     */
    static Sentence awaited(Awaited awaited, Foreseen foreseen, Subject subject) {
        if (awaited.frames() == 0) {
            return new Sentence();
        }
        boolean one = awaited.frames() == 1;
        String frames = one ? "frame" : Figures.several(awaited.frames(), "frame");
        String assets =
                awaited.assets() > 1 ? " of " + Figures.several(awaited.assets(), "asset") : "";
        Sentence sentence =
                Sentence.of(
                        "The last %s%s %s no label yet; "
                                .formatted(frames, assets, one ? "has" : "have"));
        if (!Double.isFinite(awaited.expectedError())) {
            return sentence.text("what error to expect is known after the first labels.");
        }
        String unit = subject.unit();
        sentence.text("an error of about ")
                .strong(Figures.withUnit(awaited.expectedError(), unit))
                .text(" is ")
                .term("expected", "expected")
                .text(one ? " of it" : " of them");
        return foreseen.labels() == 0
                ? sentence.text(".")
                : sentence.text(
                        " (of frames with a label, %s was expected and %s came out)."
                                .formatted(
                                        Figures.withUnit(foreseen.expected(), unit),
                                        Figures.withUnit(foreseen.cameOut(), unit)));
    }

    private static Sentence covered(Sentence sentence, double coverage, double nominal) {
        return sentence.strong(Figures.percent(coverage))
                .text(" of the true values were ")
                .term("coverage")
                .text(" (nominal %s).".formatted(Figures.percent(nominal)));
    }

    /** How good the predictions of a whole run over a file were. */
    public static Sentence testThenTrain(Accuracy accuracy, Subject subject) {
        Sentence sentence =
                Sentence.of(
                                "Every row was predicted before its true value was used for"
                                        + " learning. Predictions were ")
                        .term("error")
                        .text(" ")
                        .strong(Figures.withUnit(accuracy.meanAbsoluteError(), subject.unit()))
                        .text(" on average. ");
        return covered(sentence, accuracy.coverage(), subject.interval());
    }

    /**
     * Which channels moved a prediction most; nothing where that is not known.
     *
     * @param parts of the channels, in the unit of the target
     */
    static Sentence channels(Map<String, Double> parts, String unit) {
        List<Map.Entry<String, Double>> largest =
                parts.entrySet().stream()
                        .filter(part -> part.getValue() != 0 && Double.isFinite(part.getValue()))
                        .sorted(
                                Comparator.<Map.Entry<String, Double>>comparingDouble(
                                                part -> -Math.abs(part.getValue()))
                                        .thenComparing(Map.Entry::getKey))
                        .limit(MOST_CHANNELS)
                        .toList();
        if (largest.isEmpty()) {
            return new Sentence();
        }
        Sentence sentence = Sentence.of("By channel, most came from ");
        for (int i = 0; i < largest.size(); i++) {
            double part = largest.get(i).getValue();
            sentence.text(i == 0 ? "" : i < largest.size() - 1 ? ", " : " and ")
                    .strong(largest.get(i).getKey())
                    .text(" (%s%s)".formatted(part > 0 ? "+" : "", Figures.withUnit(part, unit)));
        }
        return sentence.text(".");
    }

    /**
     * Where the information comes from.
     *
     * @param explanation null if there is none yet
     */
    public static Sentence origin(Explanation explanation, List<String> modalities) {
        if (explanation == null) {
            return Sentence.of(
                    "Where the knowledge comes from is not known yet: the first explanation follows"
                            + " a block of labelled predictions.");
        }
        return Knowledge.of(explanation, modalities)
                .map(Sentences::origin)
                .orElseGet(() -> Sentence.of(undefined("the target", explanation.getReason())));
    }

    /** Where the information comes from. */
    public static Sentence origin(Knowledge knowledge) {
        if (knowledge.joint() < NOTHING) {
            return Sentence.of(
                    "So far the sensors carry no more information about the target than chance"
                            + " would.");
        }
        String most = knowledge.largestModality();
        Sentence sentence =
                Sentence.of("All sensors together carry ")
                        .strong(Figures.bits(knowledge.joint()))
                        .text(" of information about the target; each ")
                        .term("bit", "bit")
                        .text(" halves the error. The largest share, ")
                        .strong(Figures.percent(knowledge.share(most)))
                        .text(", is that of ")
                        .strong(most)
                        .text(". ");
        Knowledge.Part part = knowledge.largestPart();
        sentence.text("The largest part is ").term(part.term());
        return switch (part.term()) {
            case "unique" ->
                    sentence.text(" to %s: no other modality has it.".formatted(part.modality()));
            case "redundant" ->
                    sentence.text(": if one group of sensors fails, another can replace it.");
            case "synergistic" ->
                    sentence.text(": it is only there when groups of sensors are read together.");
            default -> sentence.text(".");
        };
    }

    /** Why there are no sources. */
    public static String undefined(String target, String reason) {
        return "Where the knowledge about %s comes from is undefined: %s."
                .formatted(target, reason);
    }

    /**
     * Which modalities could be left out.
     *
     * @param selection null if that is not known
     */
    public static Sentence advice(Selection selection) {
        if (selection == null) {
            return Sentence.of(
                    "Intervals, and which sensors could be left out, will be known after more"
                            + " labelled predictions.");
        }
        List<String> droppable = selection.getDroppable();
        String tolerance = Figures.percent(selection.getTolerance());
        if (droppable.isEmpty()) {
            return Sentence.of(
                    "All are needed: without any one of them the error would grow by more than the"
                            + " tolerance of %s.".formatted(tolerance));
        }
        return new Sentence()
                .strong(Figures.list(droppable))
                .text(" ")
                .term("dropped")
                .text(
                        "%s: the error would grow by %s (tolerance %s)."
                                .formatted(
                                        droppable.size() > 1 ? " together" : "",
                                        Figures.percent(selection.getResidualRise()),
                                        tolerance));
    }

    /**
     * What was predicted.
     *
     * @param assets number of assets
     */
    static Sentence extent(Subject subject, long predictions, int assets) {
        List<String> modalities = subject.modalities();
        return Sentence.of(
                        "%s of %s for %s; each is explained by "
                                .formatted(
                                        Figures.several(predictions, "prediction"),
                                        Figures.list(subject.targets()),
                                        Figures.several(assets, "asset")))
                .term(
                        "modality",
                        modalities.size() == 1
                                ? "1 group of sensors"
                                : modalities.size() + " groups of sensors")
                .text(": %s.".formatted(String.join(", ", modalities)));
    }
}
