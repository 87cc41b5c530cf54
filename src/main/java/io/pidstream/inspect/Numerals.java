package io.pidstream.inspect;

import io.pidstream.csv.TruthWords;

/**
 * How numbers are written.
 *
 * @param decimal the decimal mark, a point or a comma
 * @param thousands what separates groups of three digits; 0 for nothing
 */
record Numerals(char decimal, char thousands) {
    static final Numerals PLAIN = new Numerals('.', '\0');

    /**
     * Reads a number.
     *
     * @return NaN if it is none
     */
    double parse(String text) {
        double truth = TruthWords.of(text);
        if (!Double.isNaN(truth)) {
            return truth;
        }
        int length = text.length();
        if (length == 0 || length > 40) {
            return Double.NaN;
        }
        char[] plain = new char[length];
        int used = 0;
        boolean digit = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
                plain[used++] = c;
            } else if (c == decimal) {
                plain[used++] = '.';
            } else if (c == '-' || c == '+' || ((c == 'e' || c == 'E') && digit)) {
                plain[used++] = c;
            } else if (c != thousands || !isGroup(text, i)) {
                return Double.NaN;
            }
        }
        if (!digit) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(new String(plain, 0, used));
        } catch (NumberFormatException e) {
            // Such as 1.2.3 or 10-12: text that is made of the characters of a number.
            return Double.NaN;
        }
    }

    /** Whether a separator has a digit before it and exactly three digits after it. */
    private static boolean isGroup(String text, int at) {
        if (at == 0 || !isDigit(text, at - 1)) {
            return false;
        }
        return isDigit(text, at + 1)
                && isDigit(text, at + 2)
                && isDigit(text, at + 3)
                && !isDigit(text, at + 4);
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
