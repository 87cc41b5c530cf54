package io.pidstream.live;

import io.pidstream.avro.ExplanationStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Prints a {@link LiveModel} as a few lines from time to time, for output without a terminal. */
public final class PlainProgress {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private String happening = "";
    private boolean addressed;
    private Duration next = Duration.ZERO;

    public PlainProgress(PrintWriter out) {
        this.out = out;
    }

    public void show(LiveModel model) {
        String time = TerminalView.clock(model.elapsed());
        if (!addressed && !model.addresses().isEmpty()) {
            addressed = true;
            model.addresses()
                    .forEach((what, where) -> out.println(time + "  " + what + " " + where));
        }
        if (!model.happening().equals(happening)) {
            happening = model.happening();
            out.println(time + "  " + happening);
        }
        if (model.elapsed().compareTo(next) >= 0) {
            model.assets().forEach(asset -> show(time, model, asset));
            model.skill()
                    .ifPresent(skill -> out.println(time + "  predictions have " + skill.brief()));
            next = model.elapsed().plus(PAUSE);
        }
        out.flush();
    }

    private void show(String time, LiveModel model, AssetPanel asset) {
        if (asset.prediction() == null) {
            return;
        }
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%s  %s  predicted %.1f (%.1f to %.1f)",
                        time,
                        asset.name(),
                        asset.prediction().getPrediction(),
                        asset.prediction().getLower(),
                        asset.prediction().getUpper()));
        Double expected = asset.prediction().getExpectedError();
        if (expected != null) {
            line.append(String.format(Locale.ROOT, ", error of %.1f expected", expected));
        }
        asset.measured()
                .ifPresent(
                        value -> line.append(String.format(Locale.ROOT, ", measured %.1f", value)));
        if (asset.explanation() != null
                && asset.explanation().getStatus() == ExplanationStatus.OK) {
            line.append(
                    String.format(
                            Locale.ROOT,
                            ", the sensors know %.2f bit",
                            KnowledgePart.joint(asset.explanation(), model.modalities())));
            asset.trueInformation()
                    .ifPresent(
                            bits -> line.append(String.format(Locale.ROOT, " (true %.2f)", bits)));
        }
        out.println(line);
    }
}
