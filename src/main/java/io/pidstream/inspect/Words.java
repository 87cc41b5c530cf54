package io.pidstream.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a column's name. */
final class Words {
    /** HumidityRatio has two words, PT08.S1(CO) three, inlet_temp2 two and a number. */
    private static final Pattern WORD =
            Pattern.compile("\\p{Lu}+(?!\\p{Ll})\\d*|\\p{Lu}?\\p{Ll}+\\d*|\\d+");

    private static final Pattern UNIT = Pattern.compile("[\\[(]([^\\])]*)[\\])]");

    private Words() {}

    /** In lower case, without units in brackets. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(name).results().toList()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** What stands in brackets, such as the unit; empty if nothing does. */
    static String inBrackets(String name) {
        var matcher = UNIT.matcher(name);
        String last = "";
        while (matcher.find()) {
            last = matcher.group(1).strip();
        }
        return last;
    }

    /** A name for a group: letters, digits, '_' and '-'. */
    static String asName(String text) {
        String name =
                text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        if (name.isEmpty()) {
            return "data";
        }
        return name.length() > 60 ? name.substring(0, 60) : name;
    }
}
