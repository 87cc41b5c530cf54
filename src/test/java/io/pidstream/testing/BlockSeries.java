package io.pidstream.testing;

import io.pidstream.event.BlockStatistics;
import java.util.List;
import java.util.Random;

/** Made-up blocks of two modalities whose informations scatter about given means. */
public final class BlockSeries {
    public static final long HOUR = 3_600_000;

    private final String asset;
    private final Random random;
    private final long offset;
    private long number;
    private long version;
    private long space;

    public BlockSeries(String asset, long seed) {
        this(asset, seed, 0);
    }

    /**
     * @param offset by how much its blocks end later than those of others, milliseconds
     */
    public BlockSeries(String asset, long seed, long offset) {
        this.asset = asset;
        this.offset = offset;
        random = new Random(seed);
    }

    /** The blocks that follow are of a model version and a space of latents. */
    public void renew(long toVersion, long toSpace) {
        version = toVersion;
        space = toSpace;
    }

    /** The next block: the modalities know a and b, and both together {@code both} bits. */
    public BlockStatistics next(double a, double b, double both) {
        return next(a, b, both, 1, 1);
    }

    /**
     * @param error mean absolute error of the predictions
     * @param movement of the only channel
     */
    public BlockStatistics next(double a, double b, double both, double error, double movement) {
        double common = 0.05 * random.nextGaussian();
        List<Double> bits =
                List.of(
                        a + common + 0.03 * random.nextGaussian(),
                        b + common + 0.03 * random.nextGaussian(),
                        both + common + 0.03 * random.nextGaussian());
        double logError = 2 * Math.log(error) + 0.1 * random.nextGaussian();
        double moved = movement * Math.exp(0.2 * random.nextGaussian());
        long start = offset + number++ * HOUR;
        return new BlockStatistics(
                asset,
                version,
                space,
                start,
                start + HOUR - 1,
                start + HOUR,
                200,
                1,
                200,
                1,
                bits,
                null,
                new BlockStatistics.Error(200, error, logError, logError),
                List.of(1.0, 1.0),
                List.of(new BlockStatistics.Channel(moved, moved, 0)));
    }
}
