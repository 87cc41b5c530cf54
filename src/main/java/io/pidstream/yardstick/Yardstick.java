package io.pidstream.yardstick;

/** A prediction that a model has to beat to be worth its cost. */
public enum Yardstick {
    /** The asset's newest label that was known when the prediction was made. */
    LAST_LABEL("last-label", "lastLabel", "last label"),

    /** The mean of all the asset's labels known by then. */
    RUNNING_MEAN("running-mean", "runningMean", "running mean"),

    /**
     * The linear model of the channels with the longest half-life, without the target's own past
     * and without corrections.
     */
    LINEAR("linear", "linear", "linear model");

    static final int COUNT = values().length;

    private final String key;
    private final String jsonKey;
    private final String words;

    Yardstick(String key, String jsonKey, String words) {
        this.key = key;
        this.jsonKey = jsonKey;
        this.words = words;
    }

    /** Its name in the records of predictions. */
    public String key() {
        return key;
    }

    /** Its name in the JSON of results. */
    public String jsonKey() {
        return jsonKey;
    }

    /** Its name in a sentence, without an article. */
    @Override
    public String toString() {
        return words;
    }
}
