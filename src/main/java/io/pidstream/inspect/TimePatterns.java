package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The patterns that a written time may have, from its shape. */
final class TimePatterns {
    private static final Pattern NUMBERS_DATE =
            Pattern.compile("(\\d{1,4})([-/. ])(\\d{1,2})\\2(\\d{1,4})(.*)");
    private static final Pattern WORD_DATE =
            Pattern.compile("(\\d{1,2})([-/. ]+)(\\p{L}{3,9})([-/. ]+)(\\d{2}|\\d{4})(?!\\d)(.*)");
    private static final Pattern WORD_FIRST_DATE =
            Pattern.compile("(\\p{L}{3,9}) (\\d{1,2}), ?(\\d{4})(.*)");
    private static final Pattern COMPACT_DATE = Pattern.compile("(\\d{8})(|\\D.*|\\d{2,6})");
    private static final Pattern TIME =
            Pattern.compile(
                    "(\\d{1,2})(?:([:.])(\\d{2})(?:\\2(\\d{2})(?:([.,])(\\d{1,9}))?)?)?"
                            + "( ?)([AaPp][Mm])?( ?)(Z|[+-]\\d{2}:\\d{2}|[+-]\\d{4})?");
    private static final Pattern COMPACT_TIME = Pattern.compile("(\\d{2})(\\d{2})?(\\d{2})?");

    private TimePatterns() {}

    /**
     * All patterns that a text may be written in; several where day and month could be either.
     *
     * @param text a date, or a date and a time
     */
    static List<String> ofDateAndTime(String text) {
        List<String> patterns = new ArrayList<>();
        Matcher matcher = NUMBERS_DATE.matcher(text);
        if (matcher.matches()) {
            for (String date : numbersDates(matcher)) {
                combine(patterns, date, matcher.group(5));
            }
        }
        matcher = WORD_DATE.matcher(text);
        if (matcher.matches()) {
            combine(
                    patterns,
                    number("d", matcher.group(1))
                            + literal(matcher.group(2))
                            + word(matcher.group(3))
                            + literal(matcher.group(4))
                            + year(matcher.group(5)),
                    matcher.group(6));
        }
        matcher = WORD_FIRST_DATE.matcher(text);
        if (matcher.matches()) {
            String comma = text.contains(", ") ? "', '" : "','";
            combine(
                    patterns,
                    word(matcher.group(1)) + " " + number("d", matcher.group(2)) + comma + "yyyy",
                    matcher.group(4));
        }
        matcher = COMPACT_DATE.matcher(text);
        if (matcher.matches()) {
            combine(patterns, "yyyyMMdd", matcher.group(2));
        }
        return patterns;
    }

    /** All patterns of a time of day alone. */
    static List<String> ofTime(String text) {
        List<String> patterns = new ArrayList<>();
        Matcher matcher = TIME.matcher(text);
        if (matcher.matches() && matcher.group(3) != null) {
            patterns.add(time(matcher));
        }
        return patterns;
    }

    private static List<String> numbersDates(Matcher date) {
        String first = date.group(1);
        String mark = literal(date.group(2));
        String second = date.group(3);
        String third = date.group(4);
        List<String> dates = new ArrayList<>();
        if (first.length() == 4) {
            dates.add("yyyy" + mark + number("M", second) + mark + number("d", third));
            return dates;
        }
        if (first.length() == 3 || third.length() == 1 || third.length() == 3) {
            return dates;
        }
        String year = mark + year(third);
        dates.add(number("d", first) + mark + number("M", second) + year);
        dates.add(number("M", first) + mark + number("d", second) + year);
        if (first.length() == 2 && third.length() == 2) {
            dates.add("yy" + mark + number("M", second) + mark + number("d", third));
        }
        return dates;
    }

    private static void combine(List<String> patterns, String date, String rest) {
        if (rest.isEmpty()) {
            patterns.add(date);
            return;
        }
        Matcher compact = COMPACT_TIME.matcher(rest);
        if (date.equals("yyyyMMdd") && compact.matches()) {
            patterns.add(date + "HHmmss".substring(0, rest.length()));
            return;
        }
        Matcher between = Pattern.compile("([T ,:_-]{1,2}| - )(\\d.*)").matcher(rest);
        if (!between.matches()) {
            return;
        }
        Matcher time = TIME.matcher(between.group(2));
        if (time.matches()) {
            patterns.add(date + literal(between.group(1)) + time(time));
        } else if (between.group(2).matches("\\d{4}|\\d{6}")) {
            patterns.add(
                    date
                            + literal(between.group(1))
                            + "HHmmss".substring(0, between.group(2).length()));
        }
    }

    private static String time(Matcher time) {
        StringBuilder pattern = new StringBuilder();
        boolean half = time.group(8) != null;
        pattern.append(number(half ? "h" : "H", time.group(1)));
        if (time.group(3) != null) {
            pattern.append(literal(time.group(2))).append("mm");
        }
        if (time.group(4) != null) {
            pattern.append(literal(time.group(2))).append("ss");
        }
        if (time.group(6) != null) {
            pattern.append(literal(time.group(5))).append("S".repeat(time.group(6).length()));
        }
        if (half) {
            pattern.append(time.group(7)).append('a');
        }
        if (time.group(10) != null) {
            pattern.append(half ? time.group(9) : time.group(7) + time.group(9));
            pattern.append(time.group(10).length() == 5 ? "XX" : "XXX");
        }
        return pattern.toString();
    }

    /** One letter takes one digit or two, two letters exactly two. */
    private static String number(String letter, String digits) {
        return digits.length() == 2 ? letter + letter : letter;
    }

    private static String year(String digits) {
        return digits.length() == 2 ? "yy" : "yyyy";
    }

    private static String word(String month) {
        return month.length() == 3 ? "MMM" : "MMMM";
    }

    private static String literal(String text) {
        return text.chars().anyMatch(Character::isLetter) ? "'" + text + "'" : text;
    }
}
