package io.pidstream.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The recent growth rate of a counter. */
public final class Rate {
    private record Point(double seconds, long count) {}

    private final double window;
    private final Deque<Point> points = new ArrayDeque<>();
    private double grown;

    public Rate(Duration window) {
        this.window = window.toMillis() / 1000.0;
    }

    /**
     * @param seconds time of the observation, not before the previous one
     * @param count the counter then
     */
    public void add(double seconds, long count) {
        if (points.isEmpty() || count > points.getLast().count()) {
            grown = seconds;
        }
        points.add(new Point(seconds, count));
        while (points.size() > 2 && points.getFirst().seconds() < seconds - window) {
            points.removeFirst();
        }
    }

    /** Time since the counter last grew; zero before there is an observation. */
    public Duration still() {
        return points.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(1000 * (points.getLast().seconds() - grown)));
    }

    /** Growth per second over the window; 0 before there are two observations. */
    public double perSecond() {
        Point first = points.peekFirst();
        Point last = points.peekLast();
        return first == null || last.seconds() <= first.seconds()
                ? 0
                : (last.count() - first.count()) / (last.seconds() - first.seconds());
    }
}
