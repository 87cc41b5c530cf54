package io.pidstream.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream in a file that experts on channels follow badly: t = 3 sin(a.x + a.y + a.u + a.v) +
 * cos(2 b.x) + noise, all channels independent and standard normal, the noise of deviation 0.3.
 *
 * @param assets number of assets
 * @param slots hours per asset
 */
public record NonlinearStream(int assets, int slots) {
    public static final String CONFIG =
            """
            name: nonlinear
            modalities:
              - {name: a, channels: [x, y, u, v]}
              - {name: b, channels: [x]}
            target: {name: t, max-delay: PT12H}
            alignment: {period: PT1H}
            """;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    public Path write(Path file) throws IOException {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>();
        lines.add("asset,time,a.x,a.y,a.u,a.v,b.x,t");
        LocalDateTime start = LocalDateTime.of(2021, 3, 1, 0, 0);
        for (int slot = 0; slot < slots; slot++) {
            for (int asset = 0; asset < assets; asset++) {
                double x = random.nextGaussian();
                double y = random.nextGaussian();
                double z = random.nextGaussian();
                double u = random.nextGaussian();
                double v = random.nextGaussian();
                double t =
                        3 * Math.sin(x + y + u + v) + Math.cos(2 * z) + 0.3 * random.nextGaussian();
                lines.add(
                        "asset-%d,%s,%s,%s,%s,%s,%s,%s"
                                .formatted(
                                        asset,
                                        TIME.format(start.plusHours(slot)),
                                        x,
                                        y,
                                        u,
                                        v,
                                        z,
                                        t));
            }
        }
        return Files.write(file, lines);
    }
}
