package io.pidstream.filerun;

import io.pidstream.event.Score;
import java.util.List;

/** A score as text and back; numbers survive exactly. */
public final class ScoreLines {
    private ScoreLines() {}

    static String toLine(Score score) {
        String text =
                String.join(
                        " ",
                        Long.toString(score.recordedAt()),
                        Long.toString(score.modelVersion()),
                        Double.toString(score.target()),
                        Double.toString(score.prediction()),
                        Double.toString(score.lower()),
                        Double.toString(score.upper()),
                        Integer.toString(score.index()),
                        Long.toString(score.time()),
                        score.asset());
        return SortedLines.line(score.time(), score.asset(), text);
    }

    public static Score fromText(String text) {
        List<String> parts = List.of(text.split(" ", 9));
        return new Score(
                parts.get(8),
                Long.parseLong(parts.get(7)),
                Long.parseLong(parts.get(0)),
                Long.parseLong(parts.get(1)),
                true,
                Integer.parseInt(parts.get(6)),
                Double.parseDouble(parts.get(2)),
                Double.parseDouble(parts.get(3)),
                Double.parseDouble(parts.get(4)),
                Double.parseDouble(parts.get(5)));
    }
}
