package io.pidstream.dashboard;

/**
 * How much is kept in memory.
 *
 * @param points predictions per asset; beyond them every second one of the older half is dropped
 * @param histories assets with so many points; the others keep {@link #SHORT} of them
 * @param assets assets of which anything is kept; those that come later are only counted
 * @param blocks explanations per asset, thinned like points
 * @param alerts alerts, the oldest resolved ones go first
 */
public record Limits(int points, int histories, int assets, int blocks, int alerts) {
    /** Points of an asset without a full history. */
    public static final int SHORT = 64;

    /** About 100 MB at three modalities, when all of it is used. */
    public static final Limits DEFAULT = new Limits(10_000, 100, 10_000, 1_000, 500);

    public Limits {
        if (points < SHORT) {
            throw new IllegalArgumentException(
                    "%d points: expected at least %d".formatted(points, SHORT));
        }
        if (histories < 1 || assets < histories || blocks < 4 || alerts < 1) {
            throw new IllegalArgumentException(
                    "%d histories, %d assets, %d blocks, %d alerts: expected 1 or more histories,"
                                    .formatted(histories, assets, blocks, alerts)
                            + " at least as many assets, 4 or more blocks, 1 or more alerts");
        }
    }
}
