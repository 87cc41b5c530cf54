package io.pidstream.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A small stream in a file: assets with two modalities that know a slowly moving target, missing
 * cells and missing labels included.
 *
 * @param assets number of assets
 * @param slots hours per asset
 */
public record GeneratedStream(int assets, int slots) {
    public static final String HEADER = "asset,time,a.x,a.y,b.x,t";

    public static final String CONFIG =
            """
            name: generated
            modalities:
              - {name: a, channels: [x, y]}
              - {name: b, channels: [x]}
            target: {name: t, max-delay: PT12H}
            alignment: {period: PT1H, max-out-of-orderness: PT4H}
            learning: {block: 40, explanation-half-life: PT200H, half-lives: [PT20H, PT100H]}
            """;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** The rows in the order of time. */
    public List<String> rows() {
        Random random = new Random(7);
        double[] state = new double[assets];
        List<String> rows = new ArrayList<>();
        LocalDateTime start = LocalDateTime.of(2021, 3, 1, 0, 0);
        for (int slot = 0; slot < slots; slot++) {
            for (int asset = 0; asset < assets; asset++) {
                state[asset] = 0.95 * state[asset] + 0.3 * random.nextGaussian();
                double y = state[asset];
                rows.add(
                        String.join(
                                ",",
                                "asset-" + asset,
                                TIME.format(start.plusHours(slot)),
                                cell(random, 0.02, y + 0.5 * random.nextGaussian()),
                                cell(random, 0, random.nextGaussian()),
                                cell(random, 0.03, 0.7 * y + 0.4 * random.nextGaussian()),
                                cell(random, 0.05, 10 + y + 0.1 * random.nextGaussian())));
            }
        }
        return rows;
    }

    private static String cell(Random random, double missing, double value) {
        return random.nextDouble() < missing ? "" : Double.toString(value);
    }

    public Path write(Path file) throws IOException {
        return write(file, rows());
    }

    public static Path write(Path file, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(HEADER);
        lines.addAll(rows);
        return Files.write(file, lines);
    }

    /**
     * The rows, shuffled inside windows of {@code hours}, so that none comes more than that much
     * late.
     */
    public List<String> shuffled(int hours) {
        List<String> rows = rows();
        Random random = new Random(5);
        List<String> shuffled = new ArrayList<>();
        int window = hours * assets;
        for (int i = 0; i < rows.size(); i += window) {
            List<String> some = new ArrayList<>(rows.subList(i, Math.min(rows.size(), i + window)));
            Collections.shuffle(some, random);
            shuffled.addAll(some);
        }
        return shuffled;
    }
}
