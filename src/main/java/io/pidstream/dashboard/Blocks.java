package io.pidstream.dashboard;

import java.util.ArrayList;
import java.util.List;

/** The explanations of one asset, or of the fleet, block by block; only the newest in full. */
final class Blocks {
    private final int capacity;
    private final List<Block> history = new ArrayList<>();
    private ExplanationEntry last;

    /**
     * @param time of the newest labelled frame in it, milliseconds since 1970
     * @param revision the store's when it came
     * @param outline what is drawn over time, as JSON
     */
    record Block(long time, long revision, String outline) {}

    Blocks(int capacity) {
        this.capacity = capacity;
    }

    /** Ignores older ones, which come again after a restart of the job. */
    void add(ExplanationEntry explanation, long revision) {
        if (!history.isEmpty() && explanation.time() <= newest().time()) {
            return;
        }
        last = explanation;
        if (history.size() == capacity) {
            thin();
        }
        history.add(new Block(explanation.time(), revision, explanation.outline()));
    }

    private void thin() {
        List<Block> kept = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (i >= history.size() / 2 || i % 2 == 0) {
                kept.add(history.get(i));
            }
        }
        history.clear();
        history.addAll(kept);
    }

    /** In the order of time. */
    List<Block> history() {
        return history;
    }

    /** Null for none yet. */
    Block newest() {
        return history.isEmpty() ? null : history.get(history.size() - 1);
    }

    /** The newest, all of it, as JSON; null for none yet. */
    String full() {
        return last == null ? null : last.full();
    }

    /** Where the information comes from. */
    Sentence origin() {
        return last == null ? Sentences.origin(null, List.of()) : last.origin();
    }

    /** What could be left out. */
    Sentence advice() {
        return last == null ? Sentences.advice(null) : last.advice();
    }
}
