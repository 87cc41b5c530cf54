package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.AlertState;
import io.pidstream.avro.Label;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.Prediction;
import io.pidstream.embedded.EmbeddedKafka;
import io.pidstream.event.Modalities;
import io.pidstream.event.Modality;
import io.pidstream.kafka.Clients;
import io.pidstream.kafka.KafkaSettings;
import io.pidstream.kafka.RegistryServer;
import io.pidstream.kafka.SchemaRegistry;
import io.pidstream.kafka.TopicAdmin;
import io.pidstream.kafka.Topics;
import io.pidstream.kafka.ValueCodec;
import io.pidstream.testing.Browser;
import io.pidstream.testing.PageRecords;
import io.pidstream.testing.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;

/** The page over a real broker, and in a real browser. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class DashboardIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "<img src=x onerror=document.title='taken'>";
    private static final int SLOTS = 1200;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static KafkaSettings settings(String prefix) {
        return new KafkaSettings(
                kafka.bootstrapServers(), prefix, KafkaSettings.Delivery.EXACTLY_ONCE, Map.of());
    }

    private static void createTopics(KafkaSettings settings) throws Exception {
        Modalities modalities =
                new Modalities(
                        PageRecords.MODALITIES.stream()
                                .map(name -> new Modality(name, List.of("x")))
                                .toList());
        try (TopicAdmin admin = new TopicAdmin(settings, modalities)) {
            admin.create(
                    new TopicAdmin.Layout(
                            1, Optional.of((short) 1), Optional.<java.time.Duration>empty()));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecordBase> void send(
            Producer<byte[], byte[]> producer, String topic, List<T> records) throws Exception {
        send(producer, topic, records, ValueCodec.of((Class<T>) records.get(0).getClass()));
    }

    private static <T extends SpecificRecordBase> void send(
            Producer<byte[], byte[]> producer, String topic, List<T> records, ValueCodec<T> codec)
            throws Exception {
        for (T record : records) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(topic, new byte[] {1}, codec.encode(record)));
        }
    }

    private static void publish(KafkaSettings settings, String asset, String alerted)
            throws Exception {
        publish(settings, asset, alerted, 0, 0);
    }

    /**
     * @param alerted the modality of its alert; null for none
     * @param phase by so many slots it is ahead of others
     * @param chance how much of what is measured nobody can know, in µm
     */
    private static void publish(
            KafkaSettings settings, String asset, String alerted, int phase, double chance)
            throws Exception {
        Topics topics = new Topics(settings.prefix());
        Random random = new Random(phase);
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (int slot = 0; slot < SLOTS; slot++) {
                Prediction prediction = PageRecords.prediction(asset, slot + phase);
                prediction.setTime(PageRecords.time(slot));
                send(producer, topics.predictions(), List.of(prediction));
                Label label = PageRecords.label(asset, slot);
                label.setValue(PageRecords.truth(slot + phase) + chance * random.nextGaussian());
                send(producer, topics.labels(), List.of(label));
                if (slot % 60 == 59) {
                    double unique = slot > 700 ? 0.15 : 0.8;
                    send(
                            producer,
                            topics.explanations(),
                            List.of(
                                    PageRecords.explanation(asset, slot, unique),
                                    PageRecords.explanation("*", slot, 0.7)));
                }
            }
            if (alerted != null) {
                send(
                        producer,
                        topics.alerts(),
                        List.of(PageRecords.alert(asset, alerted, AlertState.OPEN)));
            }
            send(
                    producer,
                    topics.modelVersions(),
                    List.of(PageRecords.version(1, ModelState.ACTIVE, 500)));
        }
    }

    private static HttpResponse<String> get(Dashboard page, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(page.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitState(Dashboard page, String state) {
        Waiting.until("the page says " + state, () -> state(page).equals(state));
    }

    private static String state(Dashboard page) throws Exception {
        return JSON.readTree(get(page, "/api/overview").body())
                .path("status")
                .path("state")
                .asText();
    }

    private static Dashboard page(KafkaSettings settings) throws Exception {
        return Dashboard.start(settings, PageRecords.SUBJECT, Dashboard.Options.local(0));
    }

    @Test
    void everythingInTheTopicsIsShownAndEveryAnswerIsGuarded() throws Exception {
        KafkaSettings settings = settings("all.");
        try (Dashboard page = page(settings)) {
            awaitState(page, "WAITING");
            createTopics(settings);
            publish(settings, "press-1", "thermal");
            awaitState(page, "LIVE");
            Waiting.until(
                    "an open alert",
                    () ->
                            JSON.readTree(get(page, "/api/overview").body())
                                            .path("openAlerts")
                                            .asInt()
                                    == 1);
            JsonNode asset = JSON.readTree(get(page, "/api/assets/press-1?points=9999").body());
            assertThat(asset.path("points").path("times")).hasSize(SLOTS);
            assertThat(asset.path("labelled").asInt()).isEqualTo(SLOTS);
            assertThat(asset.path("blocks")).hasSize(20);
            assertThat(asset.path("versions").get(0).path("version").asInt()).isEqualTo(1);

            HttpResponse<String> index = get(page, "/");
            assertThat(index.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(index.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(index.body()).doesNotContain("style=").doesNotContain("http://");
            assertThat(get(page, "/api/assets/nobody").statusCode()).isEqualTo(404);
            assertThat(get(page, "/../pom.xml").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void confluentsFramingIsReadAndARegistryThatIsAwayIsToldOf() throws Exception {
        KafkaSettings settings;
        try (RegistryServer registry = new RegistryServer()) {
            settings =
                    new KafkaSettings(
                            kafka.bootstrapServers(),
                            "framed.",
                            KafkaSettings.Delivery.EXACTLY_ONCE,
                            new SchemaRegistry(registry.url(), null),
                            Map.of());
            createTopics(settings);
            String topic = new Topics(settings.prefix()).predictions();
            try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
                send(
                        producer,
                        topic,
                        List.of(PageRecords.prediction("press-1", 0)),
                        ValueCodec.of(Prediction.class, settings, topic));
            }
            try (Dashboard page = page(settings)) {
                awaitState(page, "LIVE");
                assertThat(get(page, "/api/assets/press-1").statusCode()).isEqualTo(200);
            }
        }
        try (Dashboard page = page(settings)) {
            awaitState(page, "UNREACHABLE");
            assertThat(get(page, "/api/overview").body()).contains("the schema registry does not");
        }
    }

    @Test
    void withATokenNothingIsShownWithoutIt() throws Exception {
        Dashboard.Options options =
                new Dashboard.Options(
                        "127.0.0.1",
                        0,
                        Optional.of("s3cret"),
                        java.util.Set.of(),
                        Optional.empty(),
                        Limits.DEFAULT);
        try (Dashboard page = Dashboard.start(settings("none."), PageRecords.SUBJECT, options)) {
            assertThat(get(page, "/").statusCode()).isEqualTo(200);
            assertThat(get(page, "/api/overview").statusCode()).isEqualTo(401);
            assertThat(get(page, "/api/events").statusCode()).isEqualTo(401);
            assertThat(get(page, "/api/overview", "Authorization", "Bearer s3cret").statusCode())
                    .isEqualTo(200);
            HttpResponse<Void> login =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(page.address() + "/api/login"))
                                            .POST(HttpRequest.BodyPublishers.ofString("s3cret\n"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding());
            String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
            assertThat(get(page, "/api/overview", "Cookie", cookie.split(";", 2)[0]).statusCode())
                    .isEqualTo(200);
            assertThat(options.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void aBrokerThatGoesAwayIsToldOfAndWaitedFor() throws Exception {
        try (EmbeddedKafka own = EmbeddedKafka.start()) {
            KafkaSettings settings = settings("away.").withBootstrapServers(own.bootstrapServers());
            createTopics(settings);
            try (Dashboard page = page(settings)) {
                awaitState(page, "LIVE");
                own.pause();
                awaitState(page, "UNREACHABLE");
                own.resume();
                awaitState(page, "LIVE");
                publish(settings, "press-1", null);
                Waiting.until("all predictions", () -> page.store().predictions() == SLOTS);
            }
        }
    }

    @Test
    void aPersonSeesTheFleetAnAssetAndItsAlertAndNoMarkupGetsIn() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        KafkaSettings settings = settings("seen.");
        createTopics(settings);
        try (Dashboard page = page(settings);
                Browser browser = new Browser()) {
            browser.prefers("light");
            browser.size(1280, 900);
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.body.innerText.includes('No predictions yet')");
            browser.picture("empty", 1280);
            browser.assertAccessible();

            publish(settings, "press-1", null);
            publish(settings, HOSTILE, HOSTILE);
            browser.await("return document.querySelectorAll('.assets tbody tr').length === 2");
            browser.await("return document.querySelectorAll('.alert.open').length === 1");
            assertThat(browser.text()).contains("Right now", HOSTILE);
            assertThat((Long) browser.driver().executeScript("return document.images.length"))
                    .isZero();
            browser.assertAccessible();

            // The records are of 2024 and came just now, in a minute or a little more.
            String status = browser.driver().findElement(By.id("status")).getText();
            assertThat(status).matches("(Replaying|Nothing since) .* UTC");

            browser.open(page.address() + "/#/asset/press-1", "asset");
            browser.await("return document.querySelectorAll('.asset canvas').length === 3");
            assertThat(browser.text()).contains("pushed this prediction", "if it were gone");
            browser.assertAccessible();
            browser.picture("asset", 1280);

            browser.open(
                    page.address()
                            + "/#/asset/"
                            + java.net.URLEncoder.encode(
                                            HOSTILE, java.nio.charset.StandardCharsets.UTF_8)
                                    .replace("+", "%20"),
                    "asset");
            browser.await("return document.querySelectorAll('.alert.open').length === 1");
            assertThat(browser.driver().getTitle()).isNotEqualTo("taken");
            assertThat((Long) browser.driver().executeScript("return document.images.length"))
                    .isZero();
            browser.assertAccessible();

            browser.prefers("dark");
            browser.open(page.address() + "/", "fleet");
            browser.assertAccessible();
            browser.prefers("light");
            browser.size(390, 844);
            browser.open(page.address() + "/", "fleet");
            assertFits(browser);
            browser.assertAccessible();
            browser.assertQuiet();
        }
    }

    @Test
    void anOpenAlertIsSeenFirstAndOnAPhoneToo() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        KafkaSettings settings = settings("alert.");
        createTopics(settings);
        publish(settings, "press-1", null, 100, 1.5);
        publish(settings, "press-2", "thermal", 0, 2.2);
        publish(settings, "press-3", null, 190, 1.2);
        try (Dashboard page = page(settings);
                Browser browser = new Browser()) {
            Waiting.until("all predictions", () -> page.store().predictions() == 3 * SLOTS);
            browser.prefers("light");
            browser.size(1280, 900);
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.querySelectorAll('.alert.open').length === 1");
            browser.picture("alert", 1280);

            browser.size(390, 844);
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.querySelectorAll('.alert.open').length === 1");
            assertFits(browser);
            assertThat(
                            (Boolean)
                                    browser.driver()
                                            .executeScript(
                                                    "const top = of =>"
                                                        + " document.querySelector(of).getBoundingClientRect().top;"
                                                        + " return top('.alert.open') < innerHeight"
                                                        + " && top('.alert.open') <"
                                                        + " top('.assets')"))
                    .as("the alert is seen without scrolling")
                    .isTrue();
            assertThat(
                            (Boolean)
                                    browser.driver()
                                            .executeScript(
                                                    "const table ="
                                                        + " document.querySelector('.assets').parentElement;"
                                                        + " return table.scrollWidth <="
                                                        + " table.clientWidth"))
                    .as("which asset it is about is seen without scrolling, too")
                    .isTrue();
            browser.picture("phone", 390);

            browser.size(390, 844);
            browser.open(page.address() + "/#/asset/press-2", "asset");
            browser.await("return document.querySelectorAll('.asset canvas').length === 3");
            assertFits(browser);
            browser.picture("phone-asset", 390);
            browser.assertAccessible();
            browser.assertQuiet();
        }
    }

    @Test
    void theErrorOfFramesWhoseLabelsAreLateIsForetoldUntilTheyCome() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        KafkaSettings settings = settings("late.");
        createTopics(settings);
        publishNested(settings, "press-1");
        publishLabels(settings, "press-1", 0, SLOTS - 24);
        try (Dashboard page =
                        Dashboard.start(settings, PageRecords.NESTED, Dashboard.Options.local(0));
                Browser browser = new Browser()) {
            Waiting.until("all predictions", () -> page.store().predictions() == SLOTS);
            awaitState(page, "LIVE");
            browser.prefers("light");
            browser.size(1280, 900);
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.querySelector('.lead .awaited') !== null");
            String foretold = "The last 24 frames have no label yet; an error of about %s µm is";
            foretold = foretold.formatted(Figures.number(expectedOfTheLast(24)));
            assertThat(browser.text()).contains(foretold);
            String expected = Figures.number(PageRecords.expectedError(SLOTS - 1));
            assertThat(browser.text()).contains(" ±" + expected);
            browser.assertAccessible();

            browser.open(page.address() + "/#/asset/press-1", "asset");
            browser.await("return document.querySelectorAll('.asset canvas').length === 3");
            assertThat(browser.text())
                    .contains(foretold, "±" + expected + " µm expected")
                    .contains("from light to dark 90 %, 80 % and 50 %")
                    .contains("(50 %)", "(80 %)", "(90 %)");
            // 0.16, 1 − 0.84² and 1 − 0.84³ of 255, up to rounding.
            assertThat(shades(browser))
                    .satisfiesExactly(
                            one -> assertThat(one).isBetween(40L, 42L),
                            two -> assertThat(two).isBetween(73L, 77L),
                            three -> assertThat(three).isBetween(101L, 106L));
            browser.assertAccessible();
            browser.picture("late-labels", 1280);

            publishLabels(settings, "press-1", SLOTS - 24, SLOTS);
            browser.await("return document.querySelector('.asset .awaited').innerText === ''");
            assertThat(browser.text()).contains("±" + expected + " µm expected");
            browser.assertQuiet();
        }
    }

    private static void publishNested(KafkaSettings settings, String asset) throws Exception {
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (int slot = 0; slot < SLOTS; slot++) {
                Prediction prediction = PageRecords.nested(PageRecords.prediction(asset, slot));
                send(producer, new Topics(settings.prefix()).predictions(), List.of(prediction));
                if (slot % 60 == 59) {
                    send(
                            producer,
                            new Topics(settings.prefix()).explanations(),
                            List.of(PageRecords.explanation(asset, slot, 0.8)));
                }
            }
        }
    }

    private static void publishLabels(KafkaSettings settings, String asset, int from, int to)
            throws Exception {
        try (Producer<byte[], byte[]> producer = Clients.producer(settings)) {
            for (int slot = from; slot < to; slot++) {
                send(
                        producer,
                        new Topics(settings.prefix()).labels(),
                        List.of(PageRecords.label(asset, slot)));
            }
        }
    }

    private static double expectedOfTheLast(int frames) {
        return java.util.stream.IntStream.range(SLOTS - frames, SLOTS)
                .mapToDouble(PageRecords::expectedError)
                .average()
                .orElseThrow();
    }

    /**
     * The opacities, of 255, that cover most of the chart of predictions: one range of --range, two
     * and three on top of each other.
     */
    @SuppressWarnings("unchecked")
    private static List<Long> shades(Browser browser) {
        return (List<Long>)
                browser.driver()
                        .executeScript(
                                "const canvas = document.querySelector('.asset canvas');const"
                                    + " pixels = canvas.getContext('2d').getImageData(0, 0,"
                                    + " canvas.width, canvas.height).data;const counts = new"
                                    + " Array(256).fill(0);for (let i = 3; i < pixels.length; i +="
                                    + " 4) counts[pixels[i]]++;return counts.map((n, a) => [n,"
                                    + " a]).slice(1, 255).sort((x, y) => y[0] - x[0]).slice(0,"
                                    + " 3).map(([, a]) => a).sort((x, y) => x - y);");
    }

    private static void assertFits(Browser browser) {
        assertThat(
                        (Boolean)
                                browser.driver()
                                        .executeScript(
                                                "return document.documentElement.scrollWidth <="
                                                        + " innerWidth"))
                .isTrue();
    }

    @Test
    void aWordExplainsItselfByKeyboard() throws Exception {
        assumeTrue(Browser.isThere(), "there is no /usr/bin/chromium with /usr/bin/chromedriver");
        KafkaSettings settings = settings("words.");
        createTopics(settings);
        publish(settings, "press-1", null);
        try (Dashboard page = page(settings);
                Browser browser = new Browser()) {
            browser.open(page.address() + "/", "fleet");
            browser.await("return document.querySelector('.knowledge .term') !== null");
            browser.driver().executeScript("document.querySelector('.knowledge .term').focus()");
            browser.await("return !document.querySelector('.bubble').hidden");
            browser.driver().switchTo().activeElement().sendKeys(org.openqa.selenium.Keys.ESCAPE);
            browser.await("return document.querySelector('.bubble').hidden");
        }
    }
}
