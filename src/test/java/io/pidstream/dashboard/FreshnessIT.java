package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pidstream.testing.Browser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The words for the age of the newest prediction, in a real browser. */
class FreshnessIT {
    private static final long PERIOD = 10;

    private static String script() throws Exception {
        StringBuilder script = new StringBuilder();
        for (String module : new String[] {"format.js", "freshness.js"}) {
            script.append(
                    new String(PageFiles.bytes(PageFiles.PAGE + module), StandardCharsets.UTF_8));
        }
        return script.toString().replaceAll("(?m)^import .*\\R", "").replaceAll("(?m)^export ", "");
    }

    @Test
    void aPredictionIsLiveThenLateThenTheLast() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        try (Browser browser = new Browser()) {
            Page page = new Page(browser, script());
            assertThat(page.says(0, null, 25)).isEqualTo("Live");
            assertThat(page.says(0, 12L, 30)).isEqualTo("Live");
            assertThat(page.says(0, 190L, 200)).isEqualTo("Late by 3 min");
            assertThat(page.says(0, 190L, 249)).isEqualTo("Late by 4 min");
            assertThat(page.says(0, 190L, 260)).isEqualTo("Nothing since 00:03 UTC");
            assertThat(page.says(0, null, 200)).isEqualTo("Nothing since 00:00 UTC");
            // Slots of long ago that come now are a replay.
            long day = 86_400;
            assertThat(page.says(0, 100 * day, 100 * day + 30))
                    .isEqualTo("Replaying 1970-01-01 00:00 UTC");
            assertThat(page.says(0, 100 * day, 100 * day + 70))
                    .isEqualTo("Nothing since 00:00 UTC");
        }
    }

    /** The page's own functions. */
    private record Page(Browser browser, String script) {
        /** Times in seconds since 1970: of a slot of ten, of its arrival, and now. */
        Object says(long newest, Long arrived, long now) {
            return browser.driver()
                    .executeScript(
                            script
                                    + "\nreturn freshness({newest: %d, arrived: %s}, %d, %d)[1]"
                                            .formatted(
                                                    1000 * newest,
                                                    arrived == null ? "null" : 1000 * arrived,
                                                    1000 * PERIOD,
                                                    1000 * now));
        }
    }
}
