package io.pidstream.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a page sets as code.
 *
 * @param page the page
 * @param line from 1 on
 * @param text between backticks, or a line of a block
 * @param language of the block, empty if it has none; null between backticks
 */
record CodeWord(Path page, int line, String text, String language) {
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final String FENCE = "```";

    /** All of a page, in its order. */
    static List<CodeWord> of(Path page) throws IOException {
        List<CodeWord> words = new ArrayList<>();
        String language = null;
        int number = 0;
        for (String line : Files.readAllLines(page)) {
            number++;
            if (line.strip().startsWith(FENCE)) {
                language = language == null ? line.strip().substring(FENCE.length()) : null;
            } else if (language != null) {
                words.add(new CodeWord(page, number, line, language));
            } else {
                Matcher span = SPAN.matcher(line);
                while (span.find()) {
                    words.add(new CodeWord(page, number, span.group(1), null));
                }
            }
        }
        return words;
    }

    boolean inBlock() {
        return language != null;
    }

    @Override
    public String toString() {
        return page + ":" + line + ": " + text.strip();
    }
}
