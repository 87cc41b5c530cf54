package io.pidstream.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.OneVsRest;
import io.pidstream.avro.Prediction;
import io.pidstream.avro.PredictionStatus;
import io.pidstream.yardstick.Skill;
import io.pidstream.yardstick.Yardstick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/**
 * Golden texts: src/test/resources/golden/terminal-*.txt, written by this test itself when run with
 * -Dgolden.write=true, then read by a person.
 */
class TerminalViewTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final List<String> MODALITIES = List.of("thermal", "vibration", "acoustic");
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void fitsAnOrdinaryTerminal() throws IOException {
        assertGolden("terminal-80x24.txt", render(Glyphs.UNICODE, 80, 24));
    }

    @Test
    void spreadsOutWhereThereIsRoom() throws IOException {
        assertGolden("terminal-120x40.txt", render(Glyphs.UNICODE, 120, 40));
    }

    @Test
    void makesDoWithAscii() throws IOException {
        String text = render(Glyphs.ASCII, 80, 24);
        assertThat(text).matches("\\p{ASCII}*");
        assertGolden("terminal-ascii.txt", text);
    }

    @Test
    void saysThatPredictionsHaveStopped() {
        List<AttributedString> lines =
                new TerminalView(Glyphs.UNICODE).render(model(Duration.ofSeconds(37)), 80, 24);
        assertThat(lines.get(0).toString()).endsWith("  no prediction for 37 s");
    }

    @Test
    void neverExceedsTheWindow() {
        for (int width = 1; width <= 200; width += 7) {
            for (int height = 1; height <= 60; height += 3) {
                List<AttributedString> lines =
                        new TerminalView(Glyphs.UNICODE).render(model(), width, height);
                assertThat(lines).hasSizeLessThanOrEqualTo(height);
                for (AttributedString line : lines) {
                    assertThat(line.columnLength()).isLessThanOrEqualTo(width);
                }
            }
        }
    }

    /** Four assets, the yardstick and three addresses, as in the demo. */
    @Test
    void losesNothingOnAnOrdinaryTerminal() {
        List<String> shown = render(Glyphs.UNICODE, 80, 24).lines().toList();
        List<String> all =
                render(Glyphs.UNICODE, 80, 100).lines().filter(line -> !line.isEmpty()).toList();
        assertThat(model().assets()).hasSize(4);
        assertThat(model().skill()).isPresent();
        assertThat(shown).isEqualTo(all);

        // What is cut at the right edge would be longer where there is more room.
        List<String> wide =
                render(Glyphs.UNICODE, 99, 100).lines().filter(line -> !line.isEmpty()).toList();
        assertThat(wide).hasSameSizeAs(shown);
        for (int i = 0; i < shown.size(); i++) {
            if (!shown.get(i).matches("  (pushed by|knows|share) .*")) {
                assertThat(shown.get(i)).isEqualTo(wide.get(i));
            }
        }
    }

    @Test
    void theExpectedErrorStandsBesideItsPrediction() {
        assertThat(render(Glyphs.UNICODE, 80, 24)).contains("23.4 ±4.2 (18.1 … 28.7)");
        assertThat(render(Glyphs.UNICODE, 120, 40)).contains("predicted 23.4 ±4.2 (18.1 … 28.7)");
        LiveModel model = model();
        model.assets().forEach(asset -> asset.prediction().setExpectedError(null));
        assertThat(text(new TerminalView(Glyphs.UNICODE).render(model, 80, 24)))
                .contains("23.4 (18.1 … 28.7)")
                .doesNotContain("null");
    }

    @Test
    void saysHowManyAssetsDoNotFit() {
        assertThat(render(Glyphs.UNICODE, 80, 13)).contains("2 more: enlarge the window");
    }

    @Test
    void showsWhatItWaitsForBeforeAnythingComes() throws IOException {
        LiveModel empty =
                new LiveModel(
                        "demo",
                        "deviation",
                        "µm",
                        1,
                        0.9,
                        MODALITIES,
                        Map.of(),
                        Duration.ofSeconds(4),
                        0,
                        0,
                        Duration.ofSeconds(4),
                        "starting the broker",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        List.of(
                                new AssetPanel(
                                        "press-1",
                                        null,
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        null,
                                        Map.of(),
                                        OptionalDouble.empty())));
        assertGolden(
                "terminal-waiting.txt",
                text(new TerminalView(Glyphs.UNICODE).render(empty, 80, 24)));
    }

    @Test
    void aSignedBarBeginsInTheMiddle() {
        PanelView view = new PanelView(Glyphs.UNICODE, model(), 80);
        assertThat(view.signedBar(0, 3)).isEqualTo("   ┃   ");
        assertThat(view.signedBar(1, 3)).isEqualTo("   ┃███");
        assertThat(view.signedBar(5, 3)).isEqualTo("   ┃███");
        assertThat(view.signedBar(-0.5, 3)).isEqualTo(" ▐█┃   ");
        assertThat(view.signedBar(0.5, 3)).isEqualTo("   ┃█▌ ");
    }

    @Test
    void partsSumToTheJointInformation() {
        for (Explanation explanation : List.of(heatLed(), frictionLed())) {
            List<KnowledgePart> parts = KnowledgePart.of(explanation, MODALITIES);
            assertThat(parts.stream().mapToDouble(KnowledgePart::bits).sum())
                    .isEqualTo(KnowledgePart.joint(explanation, MODALITIES), within(1e-12));
        }
    }

    private static String render(Glyphs glyphs, int width, int height) {
        return text(new TerminalView(glyphs).render(model(), width, height));
    }

    private static String text(List<AttributedString> lines) {
        return lines.stream()
                .map(line -> line.toString().stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static void assertGolden(String file, String text) throws IOException {
        Path path = GOLDEN.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(path, text);
        }
        assertThat(text).isEqualTo(Files.readString(path, StandardCharsets.UTF_8));
    }

    static LiveModel model() {
        return model(Duration.ofMillis(200));
    }

    private static LiveModel model(Duration still) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("Flink", "http://127.0.0.1:35737");
        addresses.put("page", "http://127.0.0.1:41549");
        addresses.put("Kafka", "127.0.0.1:37861");
        List<AssetPanel> assets = new ArrayList<>();
        assets.add(panel("press-1", 23.44, 22.9, Map.of("thermal", 4.2), MODALITIES, heatLed()));
        assets.add(
                panel(
                        "press-2",
                        17.02,
                        21.3,
                        Map.of("vibration", -2.6, "acoustic", 1.1),
                        List.of("vibration", "acoustic"),
                        undefined()));
        assets.add(
                panel(
                        "press-3",
                        8.6,
                        9.1,
                        Map.of("thermal", -7.9, "vibration", -2.1, "acoustic", -1.4),
                        MODALITIES,
                        frictionLed()));
        assets.add(
                new AssetPanel(
                        "press-4",
                        prediction("press-4", 20.5, Map.of("thermal", 0.3), MODALITIES),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        null,
                        Map.of(),
                        OptionalDouble.of(1.33)));
        return new LiveModel(
                "demo",
                "deviation",
                "µm",
                1,
                0.9,
                MODALITIES,
                addresses,
                Duration.ofSeconds(83),
                3280,
                40.2,
                still,
                "the thermal sensors of press-2 came loose",
                Optional.of(Duration.ofSeconds(12)),
                Optional.of(new Skill(Yardstick.LAST_LABEL, 0.584, 1.273, true)),
                8,
                assets);
    }

    private static AssetPanel panel(
            String name,
            double predicted,
            double measured,
            Map<String, Double> contributions,
            List<String> present,
            Explanation explanation) {
        return new AssetPanel(
                name,
                prediction(name, predicted, contributions, present),
                OptionalDouble.of(measured),
                OptionalDouble.of(0.91),
                explanation,
                Map.of("thermal", -0.12, "vibration", 0.08, "acoustic", 0.01),
                OptionalDouble.of(1.36));
    }

    private static Prediction prediction(
            String name, double value, Map<String, Double> contributions, List<String> present) {
        return new Prediction(
                name,
                TIME,
                value,
                value - 5.3,
                value + 5.3,
                0L,
                present,
                contributions,
                20.0,
                undefined(),
                List.of(),
                4.24,
                List.of(),
                Map.of(),
                Map.of(),
                PredictionStatus.OK);
    }

    private static Explanation heatLed() {
        return explanation(
                Map.of(
                        "thermal", 0.88,
                        "vibration", 0.14,
                        "acoustic", 0.04,
                        "thermal+vibration", 0.90,
                        "thermal+acoustic", 1.03,
                        "vibration+acoustic", 0.26,
                        "thermal+vibration+acoustic", 1.32),
                Map.of("thermal", 0.62, "vibration", 0.0, "acoustic", 0.0),
                Map.of("thermal", 0.80, "vibration", 0.22, "acoustic", 0.30));
    }

    private static Explanation frictionLed() {
        return explanation(
                Map.of(
                        "thermal", 0.18,
                        "vibration", 0.09,
                        "acoustic", 0.20,
                        "thermal+vibration", 0.19,
                        "thermal+acoustic", 0.46,
                        "vibration+acoustic", 0.93,
                        "thermal+vibration+acoustic", 1.33),
                Map.of("thermal", 0.0, "vibration", 0.0, "acoustic", 0.01),
                Map.of("thermal", 0.25, "vibration", 0.44, "acoustic", 0.64));
    }

    private static Explanation undefined() {
        Explanation explanation = explanation(Map.of(), Map.of(), Map.of());
        explanation.setStatus(ExplanationStatus.UNDEFINED);
        explanation.setReason("12 labelled frames are too few for 11 channels");
        return explanation;
    }

    private static Explanation explanation(
            Map<String, Double> information,
            Map<String, Double> unique,
            Map<String, Double> shapley) {
        return new Explanation(
                "press-1",
                TIME,
                0L,
                ExplanationStatus.OK,
                null,
                "mmi",
                500L,
                321.5,
                information,
                Map.of(),
                Map.of(),
                shapley,
                unique,
                null,
                null,
                Map.<String, OneVsRest>of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                0.0,
                null,
                null);
    }
}
