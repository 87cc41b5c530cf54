package io.pidstream.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Draws a {@link LiveModel} as lines of text; a pure function of the model and the size. */
public final class TerminalView {
    private static final AttributedStyle BOLD = AttributedStyle.BOLD;
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();

    /** Predictions come many times a second; after so long without one they have stopped. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final AttributedStyle NOTICE =
            AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);

    private final Glyphs glyphs;

    TerminalView(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /**
     * The lines, none wider than {@code width} and not more than {@code height}; room that is left
     * goes to blank lines between the blocks, and where there is too little, the legend goes first,
     * then assets.
     */
    List<AttributedString> render(LiveModel model, int width, int height) {
        List<AttributedString> header = header(model, width);
        List<String> legend = legend(model);
        List<List<AttributedString>> panels = new ArrayList<>();
        PanelView view = new PanelView(glyphs, model, width);
        model.assets().forEach(asset -> panels.add(view.render(asset)));
        int body = panels.stream().mapToInt(List::size).sum();
        int full = header.size() + body + legend.size();
        boolean airy = full + panels.size() + 1 <= height;

        List<AttributedString> lines = new ArrayList<>(header);
        int shown = 0;
        for (List<AttributedString> panel : panels) {
            boolean last = shown == panels.size() - 1;
            if (lines.size() + panel.size() + (last ? 0 : 1) > height) {
                lines.add(text(FAINT, moreAssets(panels.size() - shown)));
                break;
            }
            if (airy) {
                lines.add(AttributedString.EMPTY);
            }
            lines.addAll(panel);
            shown++;
        }
        if (airy) {
            lines.add(AttributedString.EMPTY);
        }
        for (int i = 0; i < legend.size() && lines.size() < height; i++) {
            lines.add(text(FAINT, legend.get(i)));
        }
        return lines.stream()
                .limit(Math.max(0, height))
                .map(line -> line.columnSubSequence(0, width))
                .toList();
    }

    private List<String> legend(LiveModel model) {
        return List.of(
                "%-10sexpected error e; %.0f%% should lie in a %s b, in range: so many did"
                        .formatted(
                                glyphs.plain("±e (a " + glyphs.ellipsis() + " b) "),
                                100 * model.nominal(),
                                glyphs.ellipsis()),
                "pushed by what each kind of sensor adds to the usual prediction, or takes away",
                "knows     bits about the target, each halves the error; share: whose they are",
                "          unique: only they know, redundant: others too, synergistic: together");
    }

    private static String moreAssets(int count) {
        return count + " more: enlarge the window to see " + (count == 1 ? "it" : "them");
    }

    private List<AttributedString> header(LiveModel model, int width) {
        AttributedStringBuilder first =
                new AttributedStringBuilder()
                        .styled(BOLD, "pidstream " + model.name())
                        .append("  predicts ")
                        .append(model.target())
                        .append(model.unit().isEmpty() ? "" : " in " + glyphs.plain(model.unit()))
                        .append("  running ")
                        .append(clock(model.elapsed()));
        if (model.predictions() > 0 && model.still().compareTo(SILENCE) > 0) {
            first.styled(NOTICE, "  no prediction for " + model.still().toSeconds() + " s");
        } else {
            first.append(
                    String.format(
                            Locale.ROOT,
                            "  %,d predictions, %.0f/s",
                            model.predictions(),
                            model.perSecond()));
        }
        List<AttributedString> lines = new ArrayList<>();
        lines.add(first.toAttributedString());
        lines.addAll(addresses(model, width));
        model.skill()
                .ifPresent(skill -> lines.add(text(FAINT, "predictions have " + skill.brief())));
        String ago = model.happenedAgo().map(d -> d.toSeconds() + " s ago ").orElse("");
        lines.add(text(NOTICE, ago + model.happening()));
        return lines;
    }

    /** On as many lines as it takes: other commands need them whole. */
    private static List<AttributedString> addresses(LiveModel model, int width) {
        List<AttributedString> lines = new ArrayList<>();
        AttributedStringBuilder line = new AttributedStringBuilder();
        for (Map.Entry<String, String> address : model.addresses().entrySet()) {
            int length = address.getKey().length() + 1 + address.getValue().length();
            if (line.length() > 0 && line.length() + 2 + length > width) {
                lines.add(line.toAttributedString());
                line = new AttributedStringBuilder();
            }
            line.append(line.length() == 0 ? "" : "  ")
                    .styled(FAINT, address.getKey() + " ")
                    .append(address.getValue());
        }
        if (line.length() > 0) {
            lines.add(line.toAttributedString());
        }
        return lines;
    }

    public static String clock(Duration elapsed) {
        long seconds = elapsed.toSeconds();
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static AttributedString text(AttributedStyle style, String text) {
        return new AttributedString(text, style);
    }
}
