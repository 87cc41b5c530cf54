package io.pidstream.trees;

import io.pidstream.version.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.Booster;

/** Checks at the start that the library is there and grows a tree. */
final class LibraryCheck {
    private static final int ROWS = 64;

    private LibraryCheck() {}

    /**
     * @param wanted auto, cpu, or gpu:N
     * @return what was found, for a line of the log
     * @throws IllegalArgumentException if there is no such device
     * @throws IllegalStateException if the library cannot be loaded or does not compute
     */
    static String run(String wanted) {
        try {
            BoostingDevice device = BoostingDevice.of(wanted);
            float[][] rows = new float[ROWS][1];
            float[] targets = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                rows[i][0] = i;
                targets[i] = i < ROWS / 2 ? -1 : 1;
            }
            TreeKind kind = new TreeKind();
            Forest forest =
                    new Boosting(kind.defaults(TreeKind.ARCHITECTURE), 0, 2, device)
                            .grow(rows, targets, ROWS, 1, () -> false);
            if (!(forest.predict(rows[0]) < 0 && forest.predict(rows[ROWS - 1]) > 0)) {
                throw new IllegalStateException(
                        "a tree for the targets -1 and 1 predicts %s and %s"
                                .formatted(
                                        forest.predict(rows[0]), forest.predict(rows[ROWS - 1])));
            }
            return "XGBoost %s on %s (1 thread)".formatted(version(), device.text());
        } catch (ExceptionInInitializerError | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "the library of trees cannot be loaded: %s; it needs libgomp, in Debian the package libgomp1"
                            .formatted(e.getCause() == null ? e : e.getCause()),
                    e);
        } catch (TrainingException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String version() {
        try (InputStream in = Booster.class.getResourceAsStream("/xgboost4j-version.properties")) {
            return in == null
                    ? "of unknown version"
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .strip()
                            .replaceFirst("^version=", "");
        } catch (IOException e) {
            throw new IllegalStateException("the library's version cannot be read", e);
        }
    }
}
