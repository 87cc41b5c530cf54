package io.pidstream.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.dashboard.PageScripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one file that needs nothing else: the look and the charts of the explanation page.
 */
final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private ReportPage() {}

    /**
     * @param kind of report, in a word or two
     * @param data what the scripts draw
     * @param body markup that is shown as it is
     */
    static String render(String kind, String title, String subtitle, JsonNode data, String body)
            throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("kind", escape(kind));
        parts.put("title", escape(title));
        parts.put("subtitle", escape(subtitle));
        parts.put("styles", PageScripts.styles());
        parts.put("script", PageScripts.script("report.js"));
        // "</" would end the script element.
        parts.put("data", data.toString().replace("<", "\\u003c"));
        parts.put(
                "body",
                body.isEmpty() ? "" : "<section class=\"card prose\">" + body + "</section>");
        Matcher places = PLACE.matcher(template());
        // In one pass, so that what looks like a place in a part stays what it is.
        return places.replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String template() throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IOException("resource report.html is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
