package io.pidstream.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page: those in the jar, and no others. */
final class PageFiles {
    /** Directory of the page's own resources. */
    static final String PAGE = "io/pidstream/dashboard/page/";

    /** Directory of uPlot's resources. */
    static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final Map<String, PageFile> files = new LinkedHashMap<>();

    /** A file and what kind it is. */
    record PageFile(String type, byte[] bytes) {}

    PageFiles() throws IOException {
        add("/", PAGE + "index.html", "text/html; charset=utf-8");
        add("/icon.svg", PAGE + "icon.svg", "image/svg+xml");
        add("/page.css", PAGE + "page.css", "text/css; charset=utf-8");
        add("/uPlot.css", UPLOT + "uPlot.min.css", "text/css; charset=utf-8");
        add("/uPlot.js", UPLOT + "uPlot.esm.js", "text/javascript; charset=utf-8");
        for (String module : PageScripts.MODULES) {
            add("/" + module, PAGE + module, "text/javascript; charset=utf-8");
        }
        for (String module : PageScripts.LIVE) {
            add("/" + module, PAGE + module, "text/javascript; charset=utf-8");
        }
    }

    private void add(String path, String resource, String type) throws IOException {
        files.put(path, new PageFile(type, bytes(resource)));
    }

    static byte[] bytes(String resource) throws IOException {
        try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("resource " + resource + " is missing");
            }
            return in.readAllBytes();
        }
    }

    Optional<PageFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
