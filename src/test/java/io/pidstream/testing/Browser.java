package io.pidstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target/screenshots");

    private final ChromeDriver driver;

    public Browser() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--enable-precise-memory-info",
                "--disable-gpu",
                "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .build(),
                        options);
    }

    public static boolean isThere() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page and waits until its view is drawn. */
    public void open(String address, String ready) {
        driver.get("about:blank");
        driver.get(address);
        await("return document.body.dataset.ready === '%s'".formatted(ready));
    }

    /** Waits until a script returns true; the failure has the text of the page. */
    public void await(String script) {
        Waiting.until(
                script,
                () ->
                        Boolean.TRUE.equals(driver.executeScript(script))
                                ? Optional.<String>empty()
                                : Optional.of(text()),
                Optional::isEmpty);
    }

    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The whole page as a picture. */
    public void picture(String name, int width) throws IOException {
        long height =
                ((Number) driver.executeScript("return document.documentElement.scrollHeight"))
                        .longValue();
        size(width, (int) Math.min(4000, height));
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** No error, no warning of a content security policy, in the console so far. */
    public void assertQuiet() {
        List<String> errors =
                driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                        .map(LogEntry::getMessage)
                        .toList();
        assertThat(errors).isEmpty();
    }

    /** No serious or critical finding of axe. */
    @SuppressWarnings("unchecked")
    public void assertAccessible() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).as("axe.min.js on the class path").isNotNull();
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        List<String> findings =
                (List<String>)
                        driver.executeAsyncScript(
                                "const done = arguments[arguments.length -"
                                    + " 1];axe.run(document).then(found =>"
                                    + " done(found.violations.filter(v => v.impact === 'serious' ||"
                                    + " v.impact === 'critical').map(v => v.id + ': ' +"
                                    + " v.nodes.slice(0, 3).map(n => n.html).join(' '))));");
        assertThat(findings).isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
