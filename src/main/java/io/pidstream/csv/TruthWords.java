package io.pidstream.csv;

/** Truth values in files, which are read as 1 and 0, as those of messages are. */
public final class TruthWords {
    private TruthWords() {}

    /** 1 for true, 0 for false, NaN for anything else. */
    public static double of(String cell) {
        if (cell.equalsIgnoreCase("true")) {
            return 1;
        }
        return cell.equalsIgnoreCase("false") ? 0 : Double.NaN;
    }
}
