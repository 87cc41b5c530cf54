package io.pidstream.filerun;

import io.pidstream.event.Score;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The labels that were learned, looked up by frame. Frames are asked for in the order of time and
 * asset, which is that of the scores, so that only one is held in memory.
 */
final class LabelsOfFrames implements AutoCloseable {
    private final SortedRecords<Score> scores;
    private final Iterator<Score> left;
    private Score next;

    /**
     * @param scores closed with this
     */
    LabelsOfFrames(SortedRecords<Score> scores) {
        this.scores = scores;
        this.left = scores.iterator();
        advance();
    }

    /**
     * By the index of the target; empty if no label came.
     *
     * @param time start of the frame's slot, milliseconds since 1970; not before that of the frame
     *     asked for last
     */
    Map<Integer, Double> of(long time, String asset) {
        while (next != null && compare(next, time, asset) < 0) {
            advance();
        }
        Map<Integer, Double> labels = new HashMap<>();
        while (next != null && compare(next, time, asset) == 0) {
            labels.put(next.index(), next.target());
            advance();
        }
        return labels;
    }

    private static int compare(Score score, long time, String asset) {
        int byTime = Long.compare(score.time(), time);
        return byTime != 0 ? byTime : score.asset().compareTo(asset);
    }

    private void advance() {
        next = left.hasNext() ? left.next() : null;
    }

    @Override
    public void close() throws IOException {
        scores.close();
    }
}
