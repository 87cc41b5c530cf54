package io.pidstream.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pidstream.avro.Alert;
import io.pidstream.avro.Explanation;
import io.pidstream.avro.ExplanationStatus;
import io.pidstream.avro.ModelVersion;
import io.pidstream.event.Fleet;
import io.pidstream.live.LiveFeed;
import io.pidstream.live.TerminalView;
import io.pidstream.pid.PidDefinition;
import io.pidstream.record.ModalityOrder;
import io.pidstream.record.RecordJson;
import io.pidstream.simulate.ScenarioEvent;
import io.pidstream.simulate.SimulatedPlant;
import io.pidstream.yardstick.Yardstick;
import io.pidstream.yardstick.YardstickErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a demo, as text and as JSON.
 *
 * @param run the demo, still open and completely started
 * @param versions the newest record of every model version
 * @param now time of the report
 * @param seconds time since the start of this process
 * @param firstPredictionSeconds time until the first prediction could be read; NaN if there was
 *     none
 */
public record DemoReport(
        DemoRun run,
        List<ModelVersion> versions,
        Instant now,
        double seconds,
        double firstPredictionSeconds) {
    private static final int WIDTH = 80;
    private static final List<String> MODALITIES = SimulatedPlant.modalities().names();

    public Map<String, Object> json() {
        LiveFeed feed = run.started().feed();
        LiveFeed.Errors errors = feed.errors();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", run.started().config().name());
        json.put("seconds", seconds);
        json.put("firstPredictionSeconds", number(firstPredictionSeconds));
        json.put("framesSent", run.framesSent());
        json.put("labelsSent", run.labelsSent());
        json.put("predictions", feed.predictions());
        json.put("explanations", feed.explanations());
        json.put("mae", number(errors.mae()));
        json.put("coverage", number(errors.coverage()));
        yardsticks(json, errors.yardsticks());
        Map<String, Object> assets = new LinkedHashMap<>();
        for (String asset : plant().assets()) {
            LiveFeed.Errors own = feed.errors(asset);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("mae", number(own.mae()));
            figures.put("coverage", number(own.coverage()));
            yardsticks(figures, own.yardsticks());
            assets.put(asset, figures);
        }
        json.put("assets", assets);
        json.put("explanation", explanation(feed.explanation(Fleet.NAME)));
        json.put("truth", phases(true));
        json.put("estimate", phases(false));
        json.put("alerts", feed.alerts().stream().map(DemoReport::alert).toList());
        json.put("versions", versions.stream().map(DemoReport::version).toList());
        json.put("events", run.learned().stream().map(l -> event(l.event())).toList());
        return json;
    }

    private static void yardsticks(Map<String, Object> json, YardstickErrors errors) {
        Map<String, Object> maes = new LinkedHashMap<>();
        for (Yardstick yardstick : Yardstick.values()) {
            maes.put(yardstick.jsonKey(), number(errors.meanAbsoluteError(yardstick)));
        }
        json.put("yardsticks", maes);
        Map<String, Object> skill = new LinkedHashMap<>();
        errors.skill()
                .ifPresent(
                        known -> {
                            skill.put("against", known.against().jsonKey());
                            skill.put("percent", number(100 * known.share()));
                            skill.put("bits", number(known.bits()));
                        });
        json.put("skill", skill.isEmpty() ? null : skill);
    }

    private static JsonNode explanation(Explanation explanation) {
        if (explanation == null) {
            return null;
        }
        try {
            return new ObjectMapper().readTree(new RecordJson(MODALITIES).explanation(explanation));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote is always JSON", e);
        }
    }

    private static JsonNode alert(Alert alert) {
        try {
            return new ObjectMapper().readTree(new RecordJson(MODALITIES).alert(alert));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote is always JSON", e);
        }
    }

    private static JsonNode version(ModelVersion version) {
        try {
            return new ObjectMapper().readTree(new RecordJson(MODALITIES).modelVersion(version));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote is always JSON", e);
        }
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    public static Map<String, String> event(ScenarioEvent event) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("time", event.time().toString());
        json.put("asset", event.asset());
        json.put("modality", event.modality());
        json.put("kind", event.kind().name());
        json.put("description", event.description());
        return json;
    }

    /**
     * Information per subset of modalities: by asset, then before its event, while loose, and now.
     */
    private Map<String, Object> phases(boolean truth) {
        Map<String, Object> phases = new LinkedHashMap<>();
        for (String asset : plant().assets()) {
            Map<String, Object> own = new LinkedHashMap<>();
            for (DemoRun.Learned learned : run.learned()) {
                if (learned.event().asset().equals(asset)) {
                    Instant justBefore = learned.event().time().minusMillis(1);
                    own.put(
                            phase(learned.event()),
                            truth ? truth(asset, justBefore) : information(learned.explanation()));
                }
            }
            own.put(
                    "now",
                    truth
                            ? truth(asset, now)
                            : information(run.started().feed().explanation(asset)));
            phases.put(asset, own);
        }
        return phases;
    }

    private static String phase(ScenarioEvent event) {
        return event.kind() == ScenarioEvent.Kind.LOOSE ? "before" : "loose";
    }

    private Map<String, Double> truth(String asset, Instant time) {
        PidDefinition definition = run.definition();
        return plant().truth(plant().assets().indexOf(asset), time, definition)
                .information()
                .asMap();
    }

    private static Map<String, Double> information(Explanation explanation) {
        return explanation == null || explanation.getStatus() != ExplanationStatus.OK
                ? null
                : new ModalityOrder(MODALITIES).sorted(explanation.getInformation());
    }

    /** The report as text. */
    public List<String> text() {
        LiveFeed feed = run.started().feed();
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s: %,d frames sent, %,d predictions read%s.",
                        TerminalView.clock(Duration.ofMillis(Math.round(1000 * seconds))),
                        run.framesSent(),
                        feed.predictions(),
                        Double.isNaN(firstPredictionSeconds)
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", the first after %.0f s",
                                        firstPredictionSeconds)));
        lines.add("");
        for (DemoRun.Learned learned : run.learned()) {
            lines.add(
                    "%s after history ended %s."
                            .formatted(
                                    sinceLive(learned.event().time()),
                                    learned.event().description()));
        }
        feed.alerts().forEach(alert -> lines.addAll(wrapped(text(alert))));
        versions.forEach(version -> lines.addAll(wrapped(text(version))));
        lines.add("Information of the sensors about the target, in bits: learned (true).");
        lines.add(
                "The learned values follow a change gradually: the half-life is %d s."
                        .formatted(
                                run.started()
                                        .config()
                                        .learning()
                                        .explanationHalfLife()
                                        .toSeconds()));
        lines.add("");
        lines.add(row("", "error", "in range", "all", MODALITIES));
        for (String asset : plant().assets()) {
            for (DemoRun.Learned learned : run.learned()) {
                if (learned.event().asset().equals(asset)) {
                    lines.add(row(learned));
                }
            }
            lines.add(row(asset));
        }
        lines.addAll(yardsticks(feed.errors().yardsticks()));
        return lines;
    }

    private static List<String> yardsticks(YardstickErrors errors) {
        if (errors.skill().isEmpty()) {
            return List.of();
        }
        StringBuilder line = new StringBuilder("Yardsticks: ");
        for (Yardstick yardstick : Yardstick.values()) {
            line.append(yardstick == Yardstick.LAST_LABEL ? "" : ", ")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "%s %.2f %s",
                                    yardstick,
                                    errors.meanAbsoluteError(yardstick),
                                    SimulatedPlant.targetUnit()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(line.append('.').toString());
        lines.addAll(wrapped(errors.skill().orElseThrow().sentence()));
        return lines;
    }

    private String text(Alert alert) {
        String opened =
                "Alert after %s: %s".formatted(sinceLive(alert.getOpenedAt()), alert.getMessage());
        return alert.getResolvedAt() == null
                ? opened
                : "%s Resolved after %s: %s."
                        .formatted(opened, sinceLive(alert.getResolvedAt()), alert.getResolution());
    }

    private String sinceLive(Instant time) {
        return TerminalView.clock(Duration.between(run.started().live(), time));
    }

    private static String text(ModelVersion version) {
        return "Encoder version %d is %s: %s"
                .formatted(
                        version.getVersion(),
                        version.getState().name().toLowerCase(Locale.ROOT),
                        version.getReason());
    }

    /** Wraps a sentence into lines; all but the first are indented. */
    private static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.strip().split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String row(String asset) {
        LiveFeed.Errors errors = run.started().feed().errors(asset);
        Map<String, Double> learned = information(run.started().feed().explanation(asset));
        Map<String, Double> truth = truth(asset, now);
        return row(
                asset,
                String.format(Locale.ROOT, "%.2f %s", errors.mae(), SimulatedPlant.targetUnit()),
                String.format(Locale.ROOT, "%.1f%%", 100 * errors.coverage()),
                compare(learned, truth, String.join("+", MODALITIES)),
                MODALITIES.stream().map(name -> compare(learned, truth, name)).toList());
    }

    private String row(DemoRun.Learned moment) {
        String asset = moment.event().asset();
        Map<String, Double> learned = information(moment.explanation());
        Map<String, Double> truth = truth(asset, moment.event().time().minusMillis(1));
        return row(
                asset + " " + phase(moment.event()),
                "",
                "",
                compare(learned, truth, String.join("+", MODALITIES)),
                MODALITIES.stream().map(name -> compare(learned, truth, name)).toList());
    }

    private static String row(
            String name, String error, String inRange, String all, List<String> modalities) {
        StringBuilder row =
                new StringBuilder("%-15s%8s%9s %11s".formatted(name, error, inRange, all));
        modalities.forEach(cell -> row.append(" %11s".formatted(cell)));
        return row.toString();
    }

    private static String compare(
            Map<String, Double> learned, Map<String, Double> truth, String subset) {
        String known =
                learned == null ? "-" : String.format(Locale.ROOT, "%.2f", learned.get(subset));
        return String.format(Locale.ROOT, "%s (%.2f)", known, truth.get(subset));
    }

    private SimulatedPlant plant() {
        return run.started().plant();
    }
}
