package io.pidstream.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Hides secrets in a configuration that is shown; a placeholder for a secret may be seen. */
final class HiddenSecrets {
    private static final String HIDDEN = "(hidden)";

    /** Keys whose values are secret. */
    private static final Pattern SECRET =
            Pattern.compile(
                    "password|secret|jaas|token|credential|access-?key|[.]key$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

    /** A user name and a login module may be seen; anything else in such an entry may not. */
    private static final Pattern HARMLESS_JAAS =
            Pattern.compile(
                    "[\\w.$]+ +required( +username=(\"[^\"]*\"|[^ ;\"]*)| +password *="
                            + " *(\"\"|))* *;");

    private HiddenSecrets() {}

    /** A secret text. */
    static String text(String value) {
        return value.contains("${") ? value : HIDDEN;
    }

    /** Properties, some of which are secret by their names. */
    static Map<String, String> values(Map<String, String> properties) {
        Map<String, String> shown = new LinkedHashMap<>();
        properties.forEach(
                (key, value) ->
                        shown.put(
                                key,
                                SECRET.matcher(key).find() && !isHarmless(value) ? HIDDEN : value));
        return shown;
    }

    /** Whether there is nothing but placeholders where a secret may be. */
    private static boolean isHarmless(String value) {
        String rest = PLACEHOLDER.matcher(value).replaceAll("").strip();
        return rest.isEmpty() || HARMLESS_JAAS.matcher(rest).matches();
    }
}
