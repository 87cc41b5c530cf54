package io.pidstream.detect;

import io.pidstream.event.BlockStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The block of a typical asset: the median of every figure over the blocks of several assets. */
public final class MedianBlock {
    private MedianBlock() {}

    /**
     * @param blocks at least one, all with the same modalities and channels
     */
    public static BlockStatistics of(String name, Collection<BlockStatistics> blocks) {
        List<BlockStatistics> all = List.copyOf(blocks);
        List<BlockStatistics> defined = all.stream().filter(BlockStatistics::isDefined).toList();
        List<Double> information = new ArrayList<>();
        // Fewer than half would not be typical.
        boolean known = 2 * defined.size() > all.size();
        int subsets = known ? defined.get(0).information().size() : 0;
        for (int i = 0; i < subsets; i++) {
            int subset = i;
            information.add(median(defined, b -> b.information().get(subset)));
        }
        BlockStatistics newest = all.get(0);
        for (BlockStatistics block : all) {
            newest = block.known() > newest.known() ? block : newest;
        }
        return new BlockStatistics(
                name,
                newest.modelVersion(),
                newest.space(),
                (long) median(all, BlockStatistics::start),
                (long) median(all, BlockStatistics::end),
                newest.known(),
                all.stream().mapToInt(BlockStatistics::frames).sum(),
                all.size(),
                median(all, BlockStatistics::samples),
                median(all, BlockStatistics::inflation),
                information,
                known ? null : "the information is undefined for half of the assets",
                new BlockStatistics.Error(
                        all.stream().mapToInt(b -> b.error().scored()).sum(),
                        median(all, b -> b.error().meanAbsolute()),
                        median(all, b -> b.error().logSquared()),
                        median(all, b -> b.error().logRelative())),
                medians(all, newest.presence().size(), (b, m) -> b.presence().get(m)),
                channels(all, newest.channels().size()));
    }

    private interface Entry {
        double of(BlockStatistics block, int index);
    }

    private static List<Double> medians(List<BlockStatistics> blocks, int size, Entry entry) {
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int index = i;
            medians.add(median(blocks, b -> entry.of(b, index)));
        }
        return medians;
    }

    private static List<BlockStatistics.Channel> channels(List<BlockStatistics> blocks, int size) {
        List<BlockStatistics.Channel> channels = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int c = i;
            channels.add(
                    new BlockStatistics.Channel(
                            median(blocks, b -> b.channels().get(c).variance()),
                            median(blocks, b -> b.channels().get(c).movement()),
                            median(blocks, b -> b.channels().get(c).unchanged())));
        }
        return channels;
    }

    /** Median of the known values; NaN if there are none. */
    private static double median(
            List<BlockStatistics> blocks, ToDoubleFunction<BlockStatistics> value) {
        double[] sorted =
                blocks.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double[] middle =
                Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
        return middle[0] + (middle[middle.length - 1] - middle[0]) / 2;
    }
}
