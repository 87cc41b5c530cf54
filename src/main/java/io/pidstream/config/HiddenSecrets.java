package io.pidstream.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Hides secrets in a configuration that is displayed; placeholders for secrets stay visible. */
final class HiddenSecrets {
    private static final String HIDDEN = "(hidden)";

    /** Keys whose values are secret. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "password|secret|jaas|token|credential|access-?key|[.]key$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

    /** User names and login modules stay visible; everything else in such an entry is hidden. */
    private static final Pattern HARMLESS_JAAS =
            Pattern.compile(
                    "[\\w.$]+ +required( +username=(\"[^\"]*\"|[^ ;\"]*)| +password *="
                            + " *(\"\"|))* *;");

    private HiddenSecrets() {}

    /** A secret text. */
    static String text(String value) {
        return value.contains("${") ? value : HIDDEN;
    }

    /** Properties; some are secret, judged by their names. */
    static Map<String, String> values(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach(
                (key, value) ->
                        shown.put(
                                key,
                                SECRET.matcher(key).find() && !isHarmless(value) ? HIDDEN : value));
        return shown;
    }

    /** Whether all secrets are placeholders. */
    private static boolean isHarmless(String value) {
        String rest = PLACEHOLDER.matcher(value).replaceAll("").strip();
        return rest.isEmpty() || HARMLESS_JAAS.matcher(rest).matches();
    }
}
