package io.pidstream.live;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.Prediction;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Draws the four lines of one asset: prediction, contributions, knowledge, shares. */
final class PanelView {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle BOLD = AttributedStyle.BOLD;
    private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    private static final int[] MODALITY_COLOURS = {
        AttributedStyle.YELLOW,
        AttributedStyle.CYAN,
        AttributedStyle.MAGENTA,
        AttributedStyle.BLUE,
        AttributedStyle.RED,
        AttributedStyle.WHITE
    };
    private static final AttributedStyle SYNERGISTIC =
            AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);

    private static final int INDENT = 12;

    /** Below this width the line of a prediction has no room for the word. */
    private static final int ROOMY = 100;

    /** A share that moves by less than this is called level. */
    private static final double LEVEL = 0.03;

    private final Glyphs glyphs;
    private final LiveModel model;
    private final int width;

    PanelView(Glyphs glyphs, LiveModel model, int width) {
        this.glyphs = glyphs;
        this.model = model;
        this.width = width;
    }

    List<AttributedString> render(AssetPanel asset) {
        return List.of(prediction(asset), contributions(asset), knowledge(asset), shares(asset));
    }

    private AttributedString prediction(AssetPanel asset) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        int nameWidth = Math.max(INDENT - 2, asset.name().length());
        line.styled(BOLD, pad(asset.name(), nameWidth)).append("  ");
        Prediction prediction = asset.prediction();
        if (prediction == null) {
            return line.styled(FAINT, "waiting for the first prediction").toAttributedString();
        }
        line.append(width < ROOMY ? "" : "predicted ")
                .styled(BOLD, number(prediction.getPrediction()))
                .append(expected(prediction))
                .append(
                        " (%s %s %s)"
                                .formatted(
                                        number(prediction.getLower()),
                                        glyphs.ellipsis(),
                                        number(prediction.getUpper())));
        if (asset.measured().isPresent()) {
            double measured = asset.measured().getAsDouble();
            line.append("  measured ")
                    .styled(BOLD, number(measured))
                    .append("  off " + signed(prediction.getPrediction() - measured));
        }
        if (asset.inRange().isPresent()) {
            line.append("  in range " + percent(asset.inRange().getAsDouble()));
        }
        return line.toAttributedString();
    }

    /** The error that is expected, if it is known. */
    private String expected(Prediction prediction) {
        Double expected = prediction.getExpectedError();
        return expected == null ? "" : " " + glyphs.plain("±") + number(expected);
    }

    private AttributedString contributions(AssetPanel asset) {
        AttributedStringBuilder line = label("pushed by");
        if (asset.prediction() == null) {
            return line.toAttributedString();
        }
        int cell = cellWidth();
        for (int m = 0; m < model.modalities().size(); m++) {
            String name = model.modalities().get(m);
            boolean present = asset.prediction().getPresent().contains(name);
            double value = asset.prediction().getContributions().getOrDefault(name, 0.0);
            int start = line.columnLength();
            line.append(name).append(' ');
            if (present) {
                line.append(signed(value)).append(' ');
                int half = (cell - 1 - nameWidth() - 7) / 2;
                while (line.columnLength() < start + nameWidth() + 7) {
                    line.append(' ');
                }
                line.styled(colour(m), signedBar(value / model.contributionScale(), half));
            } else {
                line.styled(FAINT, "absent");
            }
            fill(line, start + cell);
        }
        return line.toAttributedString();
    }

    /** Bar of {@code 2·half + 1} cells that begins at its middle; ±1 fills one side. */
    String signedBar(double fraction, int half) {
        if (half < 1) {
            return "";
        }
        int halves = (int) Math.round(Math.min(1, Math.abs(fraction)) * 2 * half);
        String whole = String.valueOf(glyphs.bar()).repeat(halves / 2);
        if (fraction >= 0) {
            String bar = whole + (halves % 2 == 1 ? glyphs.leftHalf() : "");
            return " ".repeat(half) + glyphs.axis() + pad(bar, half);
        }
        String bar = (halves % 2 == 1 ? glyphs.rightHalf() : "") + whole;
        return " ".repeat(half - bar.length()) + bar + glyphs.axis() + " ".repeat(half);
    }

    private AttributedString knowledge(AssetPanel asset) {
        AttributedStringBuilder line = label("knows");
        Explanation explanation = asset.explanation();
        if (explanation == null) {
            return line.styled(FAINT, "nothing yet: it waits for labels").toAttributedString();
        }
        if (explanation.getStatus() != ExplanationStatus.OK) {
            String reason = explanation.getReason() == null ? "" : ": " + explanation.getReason();
            return line.styled(FAINT, "undefined" + reason).toAttributedString();
        }
        double joint = KnowledgePart.joint(explanation, model.modalities());
        line.append(String.format(Locale.ROOT, "%.2f bit", joint));
        if (asset.trueInformation().isPresent()) {
            line.append(
                    String.format(
                            Locale.ROOT, ", true %.2f", asset.trueInformation().getAsDouble()));
        }
        line.append("  ");
        int room = width - line.columnLength();
        List<KnowledgePart> parts = KnowledgePart.of(explanation, model.modalities());
        int[] cells = cells(parts, room / knowledgeScale());
        for (int i = 0; i < cells.length; i++) {
            KnowledgePart part = parts.get(i);
            line.styled(style(part), segment(part, cells[i]));
        }
        return line.toAttributedString();
    }

    /** Bits that fill the bar: the same for all assets, so that bars compare. */
    private double knowledgeScale() {
        double most = 1;
        for (AssetPanel asset : model.assets()) {
            if (asset.explanation() != null) {
                most = Math.max(most, KnowledgePart.joint(asset.explanation(), model.modalities()));
            }
        }
        return Math.ceil(most * 2) / 2;
    }

    /** Cells of each part; rounding is carried on so that the sum is right. */
    private static int[] cells(List<KnowledgePart> parts, double cellsPerBit) {
        int[] cells = new int[parts.size()];
        double end = 0;
        int drawn = 0;
        for (int i = 0; i < cells.length; i++) {
            end += parts.get(i).bits() * cellsPerBit;
            cells[i] = Math.max(0, (int) Math.round(end) - drawn);
            drawn += cells[i];
        }
        return cells;
    }

    private String segment(KnowledgePart part, int cells) {
        char fill = fill(part.kind());
        for (String name : names(part)) {
            String label = " " + name + " ";
            if (label.length() + 2 <= cells) {
                int before = (cells - label.length()) / 2;
                return String.valueOf(fill).repeat(before)
                        + label
                        + String.valueOf(fill).repeat(cells - before - label.length());
            }
        }
        return String.valueOf(fill).repeat(cells);
    }

    private char fill(KnowledgePart.Kind kind) {
        return switch (kind) {
            case UNIQUE -> glyphs.unique();
            case REDUNDANT -> glyphs.redundant();
            case SYNERGISTIC -> glyphs.synergistic();
            case SHARED -> glyphs.rest();
        };
    }

    /** What to call a part, from the longest to the shortest. */
    private List<String> names(KnowledgePart part) {
        String bits = String.format(Locale.ROOT, "%.2f", part.bits());
        return switch (part.kind()) {
            case UNIQUE -> {
                String name = model.modalities().get(part.modality());
                yield List.of("unique " + name + " " + bits, name + " " + bits, name);
            }
            case REDUNDANT -> List.of("redundant " + bits, "redundant", bits);
            case SYNERGISTIC -> List.of("synergistic " + bits, "synergistic", bits);
            case SHARED -> List.of("redundant or synergistic " + bits, bits);
        };
    }

    private static AttributedStyle style(KnowledgePart part) {
        return switch (part.kind()) {
            case UNIQUE -> colour(part.modality());
            case REDUNDANT, SHARED -> PLAIN;
            case SYNERGISTIC -> SYNERGISTIC;
        };
    }

    private AttributedString shares(AssetPanel asset) {
        AttributedStringBuilder line = label("share");
        Explanation explanation = asset.explanation();
        if (explanation == null || explanation.getStatus() != ExplanationStatus.OK) {
            return line.toAttributedString();
        }
        double joint =
                explanation.getShapley().values().stream().mapToDouble(Double::doubleValue).sum();
        for (int m = 0; m < model.modalities().size(); m++) {
            String name = model.modalities().get(m);
            int start = line.columnLength();
            double bits = explanation.getShapley().getOrDefault(name, 0.0);
            line.styled(colour(m), name)
                    .append(joint > 0 ? " " + percent(bits / joint) : "")
                    .append(' ')
                    .append(arrow(asset.shareChange().get(name)));
            fill(line, start + cellWidth());
        }
        return line.toAttributedString();
    }

    private String arrow(Double change) {
        if (change == null) {
            return "";
        }
        char arrow =
                Math.abs(change) < LEVEL
                        ? glyphs.level()
                        : change > 0 ? glyphs.up() : glyphs.down();
        return String.valueOf(arrow);
    }

    private AttributedStringBuilder label(String text) {
        return new AttributedStringBuilder().styled(FAINT, "  " + pad(text, INDENT - 2));
    }

    private int cellWidth() {
        return (width - INDENT) / Math.max(1, model.modalities().size());
    }

    private int nameWidth() {
        return model.modalities().stream().mapToInt(String::length).max().orElse(0);
    }

    private static void fill(AttributedStringBuilder line, int column) {
        while (line.columnLength() < column) {
            line.append(' ');
        }
    }

    private static AttributedStyle colour(int modality) {
        return PLAIN.foreground(MODALITY_COLOURS[modality % MODALITY_COLOURS.length]);
    }

    private String number(double value) {
        return String.format(Locale.ROOT, "%." + model.decimals() + "f", value);
    }

    private String signed(double value) {
        return String.format(Locale.ROOT, "%+." + model.decimals() + "f", value);
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    private static String pad(String text, int to) {
        return text.length() >= to ? text : text + " ".repeat(to - text.length());
    }
}
