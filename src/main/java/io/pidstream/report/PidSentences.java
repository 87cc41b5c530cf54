package io.pidstream.report;

import io.pidstream.dashboard.Knowledge;
import io.pidstream.dashboard.Sentence;
import io.pidstream.dashboard.Sentences;
import io.pidstream.dataset.DataDecomposition;
import io.pidstream.dataset.DataSet;
import io.pidstream.dataset.PidSettings;
import io.pidstream.dataset.RowCounts;
import io.pidstream.dataset.RowDependence;
import io.pidstream.dataset.SampleSize;
import io.pidstream.event.Fleet;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.ModalitySelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Sentences about the decomposition of a data set, for a terminal and for a report. */
final class PidSentences {
    private static final int MOST_NAMES = 6;

    /**
     * Rows that remember m of themselves count as one in 2 m; a block should be ten times as long
     * as that memory.
     */
    private static final int LONG_ENOUGH = 5;

    private final DataSet data;
    private final PidSettings settings;

    PidSentences(DataSet data, PidSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    String title() {
        return "%s: what %s know about %s"
                .formatted(data.file(), list(data.variables().names(), "and"), targets());
    }

    /** The targets, as in running text. */
    String targets() {
        return list(data.variables().targets(), "and");
    }

    /** How many rows were used, and why the others were not. */
    String rows() {
        RowCounts counts = data.counts();
        String assets = data.assets() > 1 ? " of %,d assets".formatted(data.assets()) : "";
        if (counts.used() == counts.rows()) {
            return "%s%s, all of them complete.".formatted(rows(counts.rows()), assets);
        }
        List<String> left = new ArrayList<>();
        add(left, counts.incomplete(), "without a modality");
        add(left, counts.unlabelled(), "without the target");
        add(left, counts.notRunning(), "of an asset that was not running");
        add(left, counts.unusable(), "invalid");
        return "%s, %,d%s used; left out: %s."
                .formatted(rows(counts.rows()), counts.used(), assets, String.join(", ", left));
    }

    private static void add(List<String> left, long rows, String why) {
        if (rows > 0) {
            left.add("%,d %s".formatted(rows, why));
        }
    }

    private static String rows(long rows) {
        return rows == 1 ? "1 row" : "%,d rows".formatted(rows);
    }

    /** The assumed dependence of rows, and the effective number of samples. */
    List<String> samples(DataDecomposition result) {
        SampleSize size = result.size();
        if (size.dependence() == RowDependence.NONE) {
            return List.of(
                    "%,d samples: rows are taken as independent of each other."
                            .formatted(size.rows()));
        }
        if (size.isUntold()) {
            return List.of(
                    "%,d samples: taken as independent, too few to test for dependence."
                            .formatted(size.rows()));
        }
        boolean several = data.assets() > 1 && Fleet.is(result.asset());
        boolean ofAsset = several && size.dependence() == RowDependence.ASSET;
        List<String> sentences = new ArrayList<>();
        sentences.add(
                String.format(
                        Locale.ROOT,
                        "%,.0f effective samples: rows%s close in time are dependent, so that %.1f"
                                + " count as one.",
                        size.effective(),
                        ofAsset ? " of an asset" : "",
                        size.inflation()));
        sentences.add(
                "Estimated from the means of %,d blocks of %,d rows; --dependence none takes rows as independent."
                        .formatted(size.blocks(), size.blockRows()));
        if (ofAsset) {
            sentences.add("Assets are taken as independent; --dependence time if they are not.");
        }
        return sentences;
    }

    String undefined(Decomposition d) {
        return Sentences.undefined(targets(), data.variables().named(d.reason()));
    }

    /** Where the information comes from; if that is undefined, why. */
    static Sentence origin(Decomposition d, String target) {
        if (!d.isDefined()) {
            return Sentence.of(Sentences.undefined(target, d.reason()));
        }
        return Sentences.origin(
                new Knowledge(
                        d.modalities(),
                        d.information().asMap(),
                        d.shapley(),
                        d.unique(),
                        d.redundant().isPresent() ? d.redundant().getAsDouble() : null,
                        d.synergistic().isPresent() ? d.synergistic().getAsDouble() : null));
    }

    /** Which modalities could be left out, and which of them with certainty. */
    List<String> advice(
            ModalitySelection selection, Function<ModalitySelection.Loss, String> rise) {
        String tolerated = percent(settings.tolerance());
        if (selection.dispensable().isEmpty()) {
            return List.of("None can, if the rise is to stay within %s.".formatted(tolerated));
        }
        ModalitySelection.Loss loss = selection.dispensable().get();
        boolean sure =
                selection
                        .surelyDispensable()
                        .filter(safe -> safe.modalities().equals(loss.modalities()))
                        .isPresent();
        List<String> advice = new ArrayList<>();
        advice.add(
                "Within a rise of %s, %s can%s: %s%s."
                        .formatted(
                                tolerated,
                                list(loss.modalities(), "and"),
                                loss.modalities().size() > 1 ? " together" : "",
                                rise.apply(loss),
                                sure ? "" : "; it may be more, as the interval says"));
        selection
                .surelyDispensable()
                .filter(safe -> !sure)
                .ifPresent(
                        safe ->
                                advice.add(
                                        "Certainly %s: %s."
                                                .formatted(
                                                        list(safe.modalities(), "and"),
                                                        rise.apply(safe))));
        return advice;
    }

    /** The rise of the error spread, with its interval. */
    static String rise(ModalitySelection.Loss loss, String to) {
        return "%s (%s %s %s)"
                .formatted(
                        percent(loss.residualRise()),
                        number(100 * loss.residualRiseLower()),
                        to,
                        percent(loss.residualRiseUpper()));
    }

    /** A share of a whole, in whole per cent. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    static String percent(double share) {
        return number(100 * share) + " %";
    }

    private static String number(double percent) {
        String text = String.format(Locale.ROOT, percent < 9.95 ? "%.1f" : "%.0f", percent);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Limits of the results. */
    List<String> remarks(DataDecomposition result) {
        List<String> remarks = new ArrayList<>();
        SampleSize size = result.size();
        if (size.blocks() > 0 && LONG_ENOUGH * size.inflation() > size.blockRows()) {
            remarks.add(
                    ("rows seem to remember more than a block of %,d shows, so the intervals may be"
                                    + " too narrow; --block %,d sees further")
                            .formatted(
                                    size.blockRows(),
                                    4
                                            * settings.blockOf(
                                                    size,
                                                    Fleet.is(result.asset()) ? data.assets() : 1)));
        }
        if (result.decomposition().isDefined() && result.intervals().isEmpty()) {
            remarks.add(
                    "intervals, and what could be left out, are known only where the channels leave"
                            + " something of the target unexplained");
        }
        return remarks;
    }

    /** Notes, with channels by name; equal notes on several channels are merged. */
    List<String> notes(DataDecomposition result) {
        Map<String, List<String>> channels = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        for (String note : result.decomposition().notes()) {
            String named = data.variables().named(note);
            int verb = named.indexOf(" is ");
            if (named.startsWith("channel ") && verb > 0) {
                channels.computeIfAbsent(named.substring(verb + 4), what -> new ArrayList<>())
                        .add(named.substring("channel ".length(), verb));
            } else {
                notes.add(named);
            }
        }
        List<String> all = new ArrayList<>();
        channels.forEach((what, names) -> all.add(note(names, what)));
        all.addAll(notes);
        all.addAll(remarks(result));
        return all;
    }

    private static String note(List<String> names, String what) {
        if (names.size() == 1) {
            return "channel %s is %s".formatted(names.get(0), what);
        }
        boolean many = names.size() > MOST_NAMES;
        return "each of %d channels is %s (%s%s)"
                .formatted(
                        names.size(),
                        what,
                        String.join(", ", many ? names.subList(0, MOST_NAMES) : names),
                        many ? " and so on" : "");
    }

    private static String list(List<String> names, String and) {
        if (names.size() == 1) {
            return names.get(0);
        }
        return String.join(", ", names.subList(0, names.size() - 1))
                + " "
                + and
                + " "
                + names.get(names.size() - 1);
    }
}
