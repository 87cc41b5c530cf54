package io.pidstream.inspect;

import java.util.regex.Pattern;

/**
 * Decides how numbers are written, from cells that can be read in one way only. In {@code 1,234}
 * the comma may be either mark; in {@code 1,23} it is the decimal mark.
 */
final class NumeralVotes {
    private static final String SIGN = "[+-]?";
    private static final Pattern POINT = Pattern.compile(SIGN + "\\d*\\.(\\d+([eE][+-]?\\d+)?)?");
    private static final Pattern COMMA = Pattern.compile(SIGN + "\\d*,(\\d+([eE][+-]?\\d+)?)?");
    private static final Pattern POINT_GROUPS = Pattern.compile(SIGN + "[1-9]\\d{0,2}(\\.\\d{3})+");
    private static final Pattern COMMA_GROUPS = Pattern.compile(SIGN + "[1-9]\\d{0,2}(,\\d{3})+");
    private static final Pattern GROUPED_BY_COMMA =
            Pattern.compile(SIGN + "[1-9]\\d{0,2}(,\\d{3})+\\.\\d*");
    private static final Pattern GROUPED_BY_POINT =
            Pattern.compile(SIGN + "[1-9]\\d{0,2}(\\.\\d{3})+,\\d*");
    private static final Pattern GROUPED_OTHERWISE =
            Pattern.compile(SIGN + "[1-9]\\d{0,2}([ '_])\\d{3}(\\1\\d{3})*([.,]\\d*)?");

    private int point;
    private int comma;
    private int pointOrGroups;
    private int commaOrGroups;
    private int severalPoints;
    private int severalCommas;
    private int commaGroups;
    private int pointGroups;
    private int otherGroups;
    private char other;

    /**
     * @param cell stripped
     */
    void add(String cell) {
        if (cell.isEmpty() || cell.length() > 40) {
            return;
        }
        if (POINT_GROUPS.matcher(cell).matches()) {
            pointOrGroups++;
            severalPoints += cell.indexOf('.') == cell.lastIndexOf('.') ? 0 : 1;
        } else if (COMMA_GROUPS.matcher(cell).matches()) {
            commaOrGroups++;
            severalCommas += cell.indexOf(',') == cell.lastIndexOf(',') ? 0 : 1;
        } else if (POINT.matcher(cell).matches()) {
            point++;
        } else if (COMMA.matcher(cell).matches()) {
            comma++;
        } else if (GROUPED_BY_COMMA.matcher(cell).matches()) {
            commaGroups++;
        } else if (GROUPED_BY_POINT.matcher(cell).matches()) {
            pointGroups++;
        } else {
            otherwise(cell);
        }
    }

    private void otherwise(String cell) {
        var matcher = GROUPED_OTHERWISE.matcher(cell);
        if (matcher.matches()) {
            otherGroups++;
            other = matcher.group(1).charAt(0);
            if (matcher.group(3) != null) {
                if (matcher.group(3).charAt(0) == '.') {
                    point++;
                } else {
                    comma++;
                }
            }
        }
    }

    Numerals decide() {
        int forPoint = point + commaGroups + severalCommas;
        int forComma = comma + pointGroups + severalPoints;
        if (forPoint == 0 && forComma == 0) {
            // Only ambiguous cells: a single mark before three digits is far more often decimal.
            return new Numerals(commaOrGroups > pointOrGroups ? ',' : '.', otherThousands());
        }
        boolean pointWins = forPoint >= forComma;
        char decimal = pointWins ? '.' : ',';
        boolean grouped =
                pointWins
                        ? commaGroups + severalCommas > 0 || commaOrGroups > 0
                        : pointGroups + severalPoints > 0 || pointOrGroups > 0;
        if (grouped && otherGroups == 0) {
            return new Numerals(decimal, pointWins ? ',' : '.');
        }
        return new Numerals(decimal, otherThousands());
    }

    private char otherThousands() {
        return otherGroups > 0 ? other : '\0';
    }
}
