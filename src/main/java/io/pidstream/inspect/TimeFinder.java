package io.pidstream.inspect;

import io.pidstream.csv.MissingWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the column or columns of the time, and how it is written. */
final class TimeFinder {
    private static final int SAMPLE = 400;
    private static final double MOST = 0.9;
    private static final Pattern NAME =
            Pattern.compile(
                    "(?i).*(time|date|datum|zeit|fecha|heure|hora|stamp|(^|[^a-z])(ts|utc|mst|t)([^a-z]|$)).*");
    private static final List<String> YEAR = List.of("year", "yr", "yyyy", "yy", "jahr");
    private static final List<String> MONTH = List.of("month", "mon", "mm", "mo", "monat");
    private static final List<String> DAY = List.of("day", "dy", "dd", "tag", "dom");
    private static final List<String> HOUR = List.of("hour", "hr", "hh", "stunde", "std");
    private static final List<String> MINUTE = List.of("minute", "min", "mn", "mi");
    private static final List<String> SECOND = List.of("second", "sec", "ss");

    private final Table table;
    private final Numerals numerals;
    private final int[] sample;

    /**
     * A column of times.
     *
     * @param format null for a time of day alone, which is read together with a date
     * @param pattern its letters
     */
    private record Written(
            int column, TimeNotation format, String pattern, boolean date, boolean clock) {}

    TimeFinder(Table table, Numerals numerals) {
        this.table = table;
        this.numerals = numerals;
        int size = Math.min(SAMPLE, table.rows());
        sample = new int[size];
        for (int i = 0; i < size; i++) {
            sample[i] = (int) ((long) i * table.rows() / size);
        }
    }

    Times find() {
        List<Written> written = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            Written of = written(c);
            if (of != null) {
                written.add(of);
            }
        }
        Times found = ofOne(written);
        if (found == null) {
            found = ofDateAndClock(written);
        }
        if (found == null) {
            found = ofParts(written, true);
        }
        if (found == null) {
            found = ofDate(written);
        }
        if (found == null) {
            found = ofParts(written, false);
        }
        if (found == null) {
            found = new CountedTime(table, numerals).find();
        }
        return found == null ? Times.ofRows(table.rows()) : found;
    }

    /** Whether a column's name speaks of time. */
    static boolean isNamedTime(String name) {
        return NAME.matcher(name).matches();
    }

    private Times ofOne(List<Written> written) {
        List<Written> whole = written.stream().filter(w -> w.date() && w.clock()).toList();
        return whole.isEmpty() ? null : of(List.of(best(whole).column()), best(whole).format());
    }

    private Written best(List<Written> candidates) {
        return candidates.stream()
                .filter(w -> isNamedTime(table.titles().get(w.column())))
                .findFirst()
                .orElse(candidates.get(0));
    }

    private Times ofDateAndClock(List<Written> written) {
        for (Written date : written) {
            for (Written clock : written) {
                if (date.date() && !date.clock() && clock.clock() && !clock.date()) {
                    TimeNotation format = joined(date.format(), clock.pattern());
                    if (format == null) {
                        continue;
                    }
                    Times times = of(List.of(date.column(), clock.column()), format);
                    if (times.unreadable() < (1 - MOST) * table.rows()) {
                        return times;
                    }
                }
            }
        }
        return null;
    }

    private static TimeNotation joined(TimeNotation date, String clock) {
        if (date instanceof TimeNotation.Iso && clock.matches("HH:mm(:ss([.,]S+)?)?")) {
            return date;
        }
        String pattern = date instanceof TimeNotation.Iso ? "yyyy-MM-dd" : date.yaml();
        return TimeNotation.Letters.of(pattern + " " + clock);
    }

    /** Columns of year, month, day, hour and so on; or a date and a column of the hour. */
    private Times ofParts(List<Written> written, boolean clock) {
        int year = named(YEAR, 0, 9999);
        int month = named(MONTH, 1, 12);
        int day = named(DAY, 1, 31);
        int hour = named(HOUR, 0, 24);
        if (hour < 0 && clock) {
            return null;
        }
        if (year >= 0 && month >= 0 && day >= 0) {
            List<Integer> columns = new ArrayList<>(List.of(year, month, day));
            String pattern = (isShort(year) ? "yy" : "yyyy") + " M d" + clock(hour, columns);
            return of(columns, TimeNotation.Letters.of(pattern));
        }
        for (Written date : written) {
            if (date.date() && !date.clock() && hour >= 0) {
                List<Integer> columns = new ArrayList<>(List.of(date.column()));
                return of(columns, joined(date.format(), clock(hour, columns).strip()));
            }
        }
        return null;
    }

    private String clock(int hour, List<Integer> columns) {
        if (hour < 0) {
            return "";
        }
        columns.add(hour);
        int minute = named(MINUTE, 0, 59);
        if (minute < 0) {
            return " H";
        }
        columns.add(minute);
        int second = named(SECOND, 0, 59);
        if (second < 0) {
            return " H m";
        }
        columns.add(second);
        return " H m s";
    }

    private boolean isShort(int year) {
        return table.rows() > 0 && table.columns().get(year).get(0).length() == 2;
    }

    private Times ofDate(List<Written> written) {
        List<Written> dates = written.stream().filter(Written::date).toList();
        return dates.isEmpty() ? null : of(List.of(best(dates).column()), best(dates).format());
    }

    /** A column of whole numbers with one of these names; −1 if there is none. */
    private int named(List<String> names, int least, int most) {
        for (int c = 0; c < table.titles().size(); c++) {
            String title = table.titles().get(c).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            if (names.contains(title) && hasWholeNumbers(c, least, most)) {
                return c;
            }
        }
        return -1;
    }

    private boolean hasWholeNumbers(int column, int least, int most) {
        for (int row : sample) {
            String cell = table.columns().get(column).get(row);
            if (!cell.matches("\\d{1,4}")
                    || Integer.parseInt(cell) < least
                    || Integer.parseInt(cell) > most) {
                return false;
            }
        }
        return sample.length > 0;
    }

    private Times of(List<Integer> columns, TimeNotation format) {
        long[] millis = new long[table.rows()];
        long read = 0;
        for (int row = 0; row < millis.length; row++) {
            millis[row] = format.millis(text(columns, row));
            read += millis[row] == TimeNotation.NONE ? 0 : 1;
        }
        String seen =
                "%s of the rows can be read; the first is %s"
                        .formatted(
                                Shares.percent((double) read / Math.max(1, millis.length)),
                                table.rows() == 0 ? "missing" : text(columns, 0));
        return new Times(columns, format, millis, seen);
    }

    private String text(List<Integer> columns, int row) {
        if (columns.size() == 1) {
            return table.columns().get(columns.get(0)).get(row);
        }
        List<String> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(table.columns().get(column).get(row)));
        return String.join(" ", cells);
    }

    /** How the times of a column are written; null if it has none. */
    private Written written(int column) {
        List<String> cells = new ArrayList<>();
        for (int row : sample) {
            String cell = table.columns().get(column).get(row);
            if (!MissingWords.has(cell)) {
                cells.add(cell);
            }
        }
        if (cells.size() < 2 || cells.size() < sample.length / 2) {
            return null;
        }
        TimeNotation iso = new TimeNotation.Iso();
        if (share(iso, cells) >= MOST) {
            boolean whole = cells.stream().anyMatch(cell -> cell.length() > 10);
            return new Written(column, iso, iso.yaml(), true, whole);
        }
        String clock = compactClock(column, cells);
        if (clock != null) {
            return new Written(column, null, clock, false, true);
        }
        if (cells.stream().filter(c -> CellKind.of(c) == CellKind.TIME).count()
                        < MOST * cells.size()
                && !isCompactDate(column, cells)) {
            return null;
        }
        return byPattern(column, cells);
    }

    /** The pattern of a time of day without marks, such as 0930, if it must be one; else null. */
    private String compactClock(int column, List<String> cells) {
        int length = cells.get(0).length();
        boolean clock =
                (isNamedTime(table.titles().get(column)) || followsCompactDate(column, cells))
                        && cells.stream()
                                .allMatch(
                                        cell ->
                                                cell.length() == length
                                                        && cell.matches(
                                                                "([01]\\d|2[0-4])[0-5]\\d([0-5]\\d)?"));
        return clock ? "HHmmss".substring(0, length) : null;
    }

    /** Whether numbers with zeros before them stand right of dates such as 20240131. */
    private boolean followsCompactDate(int column, List<String> cells) {
        return column > 0
                && cells.stream().anyMatch(cell -> cell.startsWith("0"))
                && Arrays.stream(sample)
                        .mapToObj(row -> table.columns().get(column - 1).get(row))
                        .allMatch(cell -> cell.matches("(19|20)\\d{6}"));
    }

    /** Whole numbers such as 20240131: dates if they can be, and if the name says so. */
    private boolean isCompactDate(int column, List<String> cells) {
        return cells.stream().allMatch(cell -> cell.matches("(19|20)\\d{6}(\\d{2,6})?"))
                && (isNamedTime(table.titles().get(column))
                        || cells.get(0).length() >= 10
                        || column == 0);
    }

    private Written byPattern(int column, List<String> cells) {
        Set<String> dates = new LinkedHashSet<>();
        Set<String> clocks = new LinkedHashSet<>();
        for (String cell : cells) {
            dates.addAll(TimePatterns.ofDateAndTime(cell));
            clocks.addAll(TimePatterns.ofTime(cell));
            if (dates.size() + clocks.size() > 40) {
                break;
            }
        }
        TimeNotation date = best(column, dates, cells, "");
        if (date != null) {
            return new Written(column, date, date.yaml(), true, date.yaml().matches(".*[Hh].*"));
        }
        // A time of day is read with a date before it.
        TimeNotation clock = best(column, clocks, cells, "2000-01-01 ");
        return clock == null
                ? null
                : new Written(column, null, clock.yaml().replace("yyyy-MM-dd ", ""), false, true);
    }

    /** The pattern that reads most cells; of equal ones, that whose times are the most regular. */
    private TimeNotation best(int column, Set<String> patterns, List<String> cells, String before) {
        TimeNotation best = null;
        double mostRead = MOST;
        double mostRegular = -1;
        String prefix = before.isEmpty() ? "" : "yyyy-MM-dd ";
        List<String> texts = cells.stream().map(cell -> before + cell).toList();
        for (String pattern : withRelaxed(patterns)) {
            TimeNotation format = TimeNotation.Letters.of(prefix + pattern);
            double read = format == null ? 0 : share(format, texts);
            if (read < mostRead) {
                continue;
            }
            double regular = before.isEmpty() ? regularity(column, format) : 0;
            if (best == null || read > mostRead || regular > mostRegular + 1e-9) {
                best = format;
                mostRead = read;
                mostRegular = regular;
            }
        }
        return best;
    }

    /** Exact patterns first, then those whose parts may have one digit or two. */
    private static List<String> withRelaxed(Set<String> patterns) {
        Set<String> all = new LinkedHashSet<>(patterns);
        for (String pattern : patterns) {
            if (!pattern.startsWith("yyyyMMdd")) {
                all.add(
                        pattern.replace("dd", "d")
                                .replaceAll("(?<!M)MM(?!M)", "M")
                                .replace("HH", "H")
                                .replace("hh", "h"));
            }
        }
        return List.copyOf(all);
    }

    private static double share(TimeNotation format, List<String> cells) {
        int read = 0;
        for (String cell : cells) {
            read += format.millis(cell) == TimeNotation.NONE ? 0 : 1;
        }
        return (double) read / cells.size();
    }

    /** The share of rows that are readable and follow the row before by the same short step. */
    private double regularity(int column, TimeNotation format) {
        int rows = Math.min(table.rows(), 5000);
        long before = TimeNotation.NONE;
        double good = 0;
        for (int row = 0; row < rows; row++) {
            long time = format.millis(table.columns().get(column).get(row));
            if (time != TimeNotation.NONE) {
                long step = Math.abs(time - before);
                boolean near = before == TimeNotation.NONE || step <= Duration.ofDays(2).toMillis();
                good += near ? 1 : 0;
            }
            before = time;
        }
        return good / Math.max(1, rows);
    }
}
