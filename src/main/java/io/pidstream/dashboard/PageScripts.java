package io.pidstream.dashboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The page's scripts and styles as text that a report can carry along: the same charts, without a
 * server.
 */
public final class PageScripts {
    /** Modules that need no server, each after those that it imports. */
    static final List<String> MODULES =
            List.of(
                    "dom.js",
                    "format.js",
                    "terms.js",
                    "knowledge.js",
                    "charts.js",
                    "bars.js",
                    "alerts.js",
                    "assetview.js",
                    "svg.js",
                    "theme.js");

    /** Modules of the live page only. */
    static final List<String> LIVE = List.of("api.js", "freshness.js", "fleet.js", "app.js");

    private PageScripts() {}

    /** Styles of the page and of its charts. */
    public static String styles() throws IOException {
        return text(PageFiles.UPLOT + "uPlot.min.css") + "\n" + text(PageFiles.PAGE + "page.css");
    }

    /**
     * One script: uPlot, the modules that need no server, and {@code main}. Imports and exports go,
     * as all of it shares one scope.
     *
     * @param main a module of the page's directory, such as {@code report.js}
     */
    public static String script(String main) throws IOException {
        StringBuilder script =
                new StringBuilder(text(PageFiles.UPLOT + "uPlot.iife.min.js")).append('\n');
        script.append("(() => {\n'use strict';\n");
        for (String module : MODULES) {
            script.append(inScope(text(PageFiles.PAGE + module)));
        }
        return script.append(inScope(text(PageFiles.PAGE + main))).append("})();\n").toString();
    }

    /** Imports and exports begin their line, and an import is one line. */
    private static String inScope(String module) {
        return module.replaceAll("(?m)^import .*\\R", "").replaceAll("(?m)^export ", "");
    }

    private static String text(String resource) throws IOException {
        return new String(PageFiles.bytes(resource), StandardCharsets.UTF_8);
    }
}
