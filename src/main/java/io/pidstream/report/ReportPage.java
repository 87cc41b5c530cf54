package io.pidstream.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.pidstream.dashboard.PageScripts;
import io.pidstream.dashboard.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one self-contained file: its data as JSON, and the scripts and styles of the
 * explanation page, which draw them.
 */
final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /**
     * @param kind of report, in a word or two
     * @param data what the scripts draw
     */
    static String render(String kind, String title, String subtitle, JsonNode data)
            throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("kind", escape(kind));
        parts.put("title", escape(title));
        parts.put("subtitle", escape(subtitle));
        parts.put("styles", PageScripts.styles());
        parts.put("script", PageScripts.script("report.js"));
        // "</" would end the script element.
        parts.put("data", data.toString().replace("<", "\\u003c"));
        Matcher places = PLACE.matcher(template());
        // In one pass, so that a part that looks like a placeholder is not replaced.
        return places.replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    /** Adds a sentence to those of a page. */
    static void add(ArrayNode sentences, Sentence sentence) {
        sentences.addRawValue(new RawValue(sentence.json()));
    }

    private static String template() throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IOException("resource report.html is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
