package io.pidstream.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.pidstream.version.TrainingSettings;
import io.pidstream.version.VersionKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code encoder} section: read, and written back. */
final class EncoderSection {
    /** Numbers that may be 0 are read as above this. */
    private static final double BELOW_ZERO = -Double.MIN_VALUE;

    private static final String DEFAULT_TYPE = "piecewise";

    private EncoderSection() {}

    static PipelineConfig.Encoder read(ConfigNode node) {
        node.allow(
                "type",
                "latent",
                "hidden",
                "members",
                "seed",
                "fine-tune-every",
                "device",
                "training",
                "fine-tuning",
                "trial",
                "artefacts");
        List<Integer> hidden = new ArrayList<>();
        for (JsonNode size : node.get("hidden")) {
            if (size.isIntegralNumber() && size.asInt() > 0 && size.asInt() <= 65_536) {
                hidden.add(size.asInt());
            } else {
                node.problem("hidden", size, "sizes of layers, whole numbers from 1 to 65536");
            }
        }
        if (node.has("hidden") && node.get("hidden").isEmpty()) {
            node.problem("hidden", node.get("hidden"), "a list of at least one layer's size");
        }
        String device = node.text("device", "auto");
        if (!device.matches("auto|cpu|gpu:\\d{1,3}")) {
            node.problem("device", device, "auto, cpu, or gpu:N");
        }
        String type = node.choice("type", VersionKinds.architectures(), DEFAULT_TYPE);
        int latent = node.integer("latent", 8, 1, 1024);
        int members = node.integer("members", 1, 1, 64);
        if (latent % members != 0) {
            node.problem("members", members, "a number that divides encoder.latent, " + latent);
        }
        return new PipelineConfig.Encoder(
                type,
                latent,
                node.has("hidden") ? hidden : List.of(256, 128),
                members,
                node.integer("seed", 7, 0, Integer.MAX_VALUE),
                node.integer("fine-tune-every", 2000, 1, Integer.MAX_VALUE),
                device,
                training(node.child("training"), VersionKinds.of(type).defaults(type)),
                fineTuning(node.child("fine-tuning")),
                trial(node.child("trial")),
                artefacts(node));
    }

    private static PipelineConfig.FineTuning fineTuning(ConfigNode node) {
        node.allow("interval", "recent", "sample", "hold-out");
        Duration interval =
                node.has("interval")
                        ? node.duration("interval", Duration.ofDays(1), Duration.ofSeconds(1))
                        : null;
        return new PipelineConfig.FineTuning(
                interval,
                node.integer("recent", 8000, 64, 10_000_000),
                node.integer("sample", 8000, 0, 10_000_000),
                node.number("hold-out", 0.2, 0, 0.9));
    }

    private static PipelineConfig.Trial trial(ConfigNode node) {
        node.allow("warm-up", "longest");
        int warmUp = node.integer("warm-up", 100, 0, 10_000_000);
        return new PipelineConfig.Trial(
                warmUp,
                node.integer("longest", Math.max(2000, warmUp + 1), warmUp + 1, Integer.MAX_VALUE));
    }

    private static String artefacts(ConfigNode node) {
        if (!node.has("artefacts")) {
            return null;
        }
        String uri = node.text("artefacts", "");
        if (!uri.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/\\S*")) {
            node.problem(
                    "artefacts", uri, "the URI of a directory, as file:///models or s3://bucket/m");
        }
        return uri;
    }

    private static TrainingSettings training(ConfigNode node, TrainingSettings defaults) {
        node.allow(
                "epochs",
                "batch-size",
                "learning-rate",
                "weight-decay",
                "schedule",
                "patience",
                "normality",
                "conditional",
                "joint-normality",
                "bottleneck",
                "modality-dropout",
                "fusion",
                "pieces");
        int epochs = node.integer("epochs", defaults.epochs(), 1, 100_000);
        return new TrainingSettings(
                epochs,
                node.integer("batch-size", defaults.batchSize(), 16, 65_536),
                node.number("learning-rate", defaults.learningRate(), 0, 1),
                node.number("weight-decay", defaults.weightDecay(), BELOW_ZERO, 10),
                node.choice("schedule", defaults.cosine() ? Schedule.COSINE : Schedule.CONSTANT)
                        == Schedule.COSINE,
                node.integer("patience", Math.min(defaults.patience(), epochs), 1, 100_000),
                node.number("normality", defaults.normality(), BELOW_ZERO, 100),
                node.number("conditional", defaults.conditional(), BELOW_ZERO, 100),
                node.number("joint-normality", defaults.joint(), BELOW_ZERO, 100),
                node.flag("bottleneck", defaults.bottleneck()),
                node.number("modality-dropout", defaults.modalityDropout(), BELOW_ZERO, 1),
                node.choice("fusion", defaults.equalFusion() ? Fusion.EQUAL : Fusion.DECOMPOSITION)
                        == Fusion.EQUAL,
                node.integer("pieces", defaults.pieces(), 2, 1024));
    }

    private enum Schedule {
        CONSTANT,
        COSINE
    }

    private enum Fusion {
        DECOMPOSITION,
        EQUAL
    }

    static Map<String, Object> tree(PipelineConfig.Encoder encoder) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", encoder.type());
        tree.put("latent", encoder.latent());
        tree.put("hidden", encoder.hidden());
        tree.put("members", encoder.members());
        tree.put("seed", encoder.seed());
        tree.put("fine-tune-every", encoder.fineTuneEvery());
        tree.put("device", encoder.device());
        tree.put("training", tree(encoder.training()));
        tree.put("fine-tuning", tree(encoder.fineTuning()));
        Map<String, Object> trial = new LinkedHashMap<>();
        trial.put("warm-up", encoder.trial().warmUp());
        trial.put("longest", encoder.trial().longest());
        tree.put("trial", trial);
        if (encoder.artefacts() != null) {
            tree.put("artefacts", encoder.artefacts());
        }
        return tree;
    }

    private static Map<String, Object> tree(PipelineConfig.FineTuning tuning) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (tuning.interval() != null) {
            tree.put("interval", tuning.interval().toString());
        }
        tree.put("recent", tuning.recent());
        tree.put("sample", tuning.sample());
        tree.put("hold-out", tuning.holdOut());
        return tree;
    }

    private static Map<String, Object> tree(TrainingSettings training) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("epochs", training.epochs());
        tree.put("batch-size", training.batchSize());
        tree.put("learning-rate", training.learningRate());
        tree.put("weight-decay", training.weightDecay());
        tree.put("schedule", training.cosine() ? "cosine" : "constant");
        tree.put("patience", training.patience());
        tree.put("normality", training.normality());
        tree.put("conditional", training.conditional());
        tree.put("joint-normality", training.joint());
        tree.put("bottleneck", training.bottleneck());
        tree.put("modality-dropout", training.modalityDropout());
        tree.put("fusion", training.equalFusion() ? "equal" : "decomposition");
        tree.put("pieces", training.pieces());
        return tree;
    }
}
