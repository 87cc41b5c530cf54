package io.pidstream.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.testing.Browser;
import io.pidstream.testing.PageRecords;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How long Chromium takes to draw ten assets of 10,000 points each, and what its heap holds after a
 * while live. Run by name: {@code mvn test -Dtest=ExplanationPageBenchmark}, with {@code
 * -Dpage.minutes=10} for the second.
 */
class ExplanationPageBenchmark {
    private static final int ASSETS = 10;
    private static final int POINTS = 10_000;
    private static final long TICK_MILLIS = 100;

    private final OutputStore store =
            new OutputStore(PageRecords.SUBJECT, new Limits(POINTS, ASSETS, ASSETS, 1000, 10), 0);
    private int slot;

    private void add(int slots) {
        for (int end = slot + slots; slot < end; slot++) {
            for (int a = 0; a < ASSETS; a++) {
                store.add(PageRecords.prediction("press-" + a, slot));
                store.add(PageRecords.label("press-" + a, slot));
                if (slot % 100 == 99) {
                    store.add(PageRecords.explanation("press-" + a, slot, 0.8));
                }
            }
        }
        store.announce();
    }

    private static Object heap(Browser browser) {
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", java.util.Map.of());
        return browser.driver()
                .executeScript("return Math.round(performance.memory.usedJSHeapSize / 1048576)");
    }

    @Test
    void drawsTenAssetsAndStaysSmall() throws Exception {
        assumeTrue(Browser.isThere(), "there is no Chromium");
        add(POINTS);
        Access access = new Access(Optional.empty(), Set.of(), System::nanoTime);
        try (DashboardServer server =
                        new DashboardServer(
                                store,
                                access,
                                new InetSocketAddress("127.0.0.1", 0),
                                Clock.systemUTC());
                Browser browser = new Browser()) {
            String address = "http://127.0.0.1:" + server.port() + "/#/";
            browser.size(1280, 900);
            for (int run = 0; run < 3; run++) {
                browser.open(address + "charts/" + POINTS, "charts");
                System.out.printf(
                        "%d assets, %,d points each: loaded after %s ms, drawn in %s ms, heap %s"
                                + " MiB%n",
                        ASSETS,
                        POINTS,
                        browser.driver().executeScript(at("charts-loaded")),
                        browser.driver()
                                .executeScript(
                                        "const of = name => performance.getEntriesByName(name)[0]"
                                                + ".startTime; return Math.round(of('charts-drawn')"
                                                + " - of('charts-loaded'))"),
                        heap(browser));
            }
            browser.open(address + "asset/press-0", "asset");
            long minutes = Long.getLong("page.minutes", 0);
            CountDownLatch never = new CountDownLatch(1);
            for (long tick = 0; tick < TimeUnit.MINUTES.toMillis(minutes) / TICK_MILLIS; tick++) {
                add(1);
                if (never.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            System.out.printf("live for %d minutes: heap %s MiB%n", minutes, heap(browser));
        }
    }

    private static String at(String mark) {
        return "return Math.round(performance.getEntriesByName('%s')[0].startTime)".formatted(mark);
    }
}
