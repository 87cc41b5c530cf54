package io.pidstream.stats;

/**
 * Counts labels and says when they have reached the next of a geometric series of numbers. An
 * instant may have many labels, so a number may be passed without being met.
 */
public final class Generations {
    private final long first;
    private final long growth;
    private long labels;

    /** Of the present instant. */
    private long added;

    /**
     * @param first number of labels of the first generation
     * @param growth factor to the next
     */
    public Generations(long first, long growth) {
        this.first = first;
        this.growth = growth;
    }

    public void add() {
        labels++;
        added++;
    }

    /** Ends an instant; returns whether its labels began a new generation. */
    public boolean advance() {
        boolean begins = number(labels) > number(labels - added);
        added = 0;
        return begins;
    }

    private int number(long count) {
        int number = 0;
        for (long next = first; next <= count; next *= growth) {
            number++;
        }
        return number;
    }

    public long labels() {
        return labels;
    }

    /** Continues at a number of labels. */
    public void restore(long count) {
        labels = count;
    }
}
