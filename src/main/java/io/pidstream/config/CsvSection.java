package io.pidstream.config;

import java.time.Duration;
import java.time.format.DateTimeFormatter;

/** Reads the csv section of a configuration. */
final class CsvSection {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private CsvSection() {}

    static PipelineConfig.Csv read(ConfigNode node) {
        node.allow("asset", "time", "time-format", "channels", "label-delay");
        String assetColumn = null;
        String assetConstant = null;
        if (node.get("asset").isObject()) {
            ConfigNode asset = node.child("asset");
            asset.allow("constant");
            assetConstant = asset.text("constant", null);
        } else {
            assetColumn = node.text("asset", "asset");
        }
        Duration rowStep = rowStep(node);
        Duration timeUnit = rowStep == null ? timeUnit(node) : null;
        String channels = node.text("channels", "{modality}.{channel}");
        if (!channels.contains("{channel}")) {
            node.problem("channels", channels, "a pattern with {channel} in it");
        }
        return new PipelineConfig.Csv(
                assetColumn,
                assetConstant,
                rowStep == null ? node.text("time", "time") : null,
                rowStep == null && timeUnit == null ? timeFormat(node) : null,
                timeUnit,
                rowStep,
                channels,
                node.duration("label-delay", Duration.ZERO, Duration.ZERO));
    }

    private static Duration rowStep(ConfigNode node) {
        if (!node.get("time").isObject()) {
            return null;
        }
        if (node.has("time-format")) {
            node.problem("time-format", node.get("time-format"), "none where csv.time is a row's");
        }
        ConfigNode time = node.child("time");
        time.allow("row");
        return time.duration("row", null, MILLISECOND);
    }

    private static Duration timeUnit(ConfigNode node) {
        if (!node.get("time-format").isObject()) {
            return null;
        }
        ConfigNode format = node.child("time-format");
        format.allow("unit");
        return format.duration("unit", null, MILLISECOND);
    }

    private static String timeFormat(ConfigNode node) {
        String format = node.text("time-format", "yyyy-MM-dd HH:mm:ss");
        if (!isPattern(format)) {
            node.problem(
                    "time-format",
                    format,
                    "a pattern such as yyyy-MM-dd HH:mm:ss, or {unit: PT1H} for a whole number");
        }
        return format;
    }

    private static boolean isPattern(String text) {
        try {
            return DateTimeFormatter.ofPattern(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
