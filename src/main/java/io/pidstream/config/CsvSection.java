package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.config.PipelineConfig.Csv;
import java.time.Duration;
import java.time.format.DateTimeFormatter;

/**
 * The section {@code csv}. Three of its keys take either a text or a mapping with one key, which is
 * declared after them.
 */
final class CsvSection {
    static final Section<Csv> KEYS = Section.of("csv", PipelineConfig::csv);

    static final Key<String> ASSET =
            KEYS.key("asset", text())
                    .or("asset")
                    .of(Csv::assetColumn)
                    .means("Column of the asset in a [file](own-data.md#the-columns-of-a-file).");

    static final Key<String> ASSET_CONSTANT =
            KEYS.key("asset.constant", text())
                    .orNone()
                    .of(Csv::assetConstant)
                    .means("Instead of a column: the asset of every row.");

    static final Key<String> TIME =
            KEYS.key("time", text()).or("time").of(Csv::timeColumn).means("Column of the time.");

    static final Key<Duration> TIME_ROW =
            KEYS.key("time.row", duration(MILLISECOND))
                    .orNone()
                    .of(Csv::rowStep)
                    .means(
                            "Instead of a column, for a table without time: rows count as this far"
                                    + " apart.");

    static final Key<String> TIME_FORMAT =
            KEYS.key(
                            "time-format",
                            text(
                                    CsvSection::isPattern,
                                    "a pattern such as yyyy-MM-dd HH:mm:ss, or {unit: PT1H} for a"
                                            + " whole number"))
                    .or("yyyy-MM-dd HH:mm:ss")
                    .of(Csv::timeFormat)
                    .means("Format of the time, by the letters of Java's DateTimeFormatter; UTC.");

    static final Key<Duration> TIME_UNIT =
            KEYS.key("time-format.unit", duration(MILLISECOND))
                    .orNone()
                    .of(Csv::timeUnit)
                    .means(
                            "Instead of a format, for a column of whole numbers: the duration of"
                                    + " one, counted from 1970.");

    static final Key<String> CHANNELS =
            KEYS.key(
                            "channels",
                            text(
                                    pattern -> pattern.contains("{channel}"),
                                    "a pattern with {channel} in it"))
                    .or("{modality}.{channel}")
                    .of(Csv::channels)
                    .means("Name of a channel's column.");

    static final Key<Duration> LABEL_DELAY =
            KEYS.key("label-delay", duration(Duration.ZERO))
                    .or(Default.duration("PT0S"))
                    .of(Csv::labelDelay)
                    .means("A label becomes known this long after the time of its row.");

    private CsvSection() {}

    static Csv read(ConfigNode root) {
        boolean constant = root.hasMapping(ASSET);
        boolean rows = root.hasMapping(TIME);
        boolean unit = !rows && root.hasMapping(TIME_FORMAT);
        if (rows && root.has(TIME_FORMAT)) {
            root.problem(TIME_FORMAT, root.find(TIME_FORMAT), "none where csv.time is a row's");
        }
        return new Csv(
                constant ? null : root.get(ASSET),
                constant ? root.require(ASSET_CONSTANT) : null,
                rows ? null : root.get(TIME),
                rows || unit ? null : root.get(TIME_FORMAT),
                unit ? root.require(TIME_UNIT) : null,
                rows ? root.require(TIME_ROW) : null,
                root.get(CHANNELS),
                root.get(LABEL_DELAY));
    }

    private static boolean isPattern(String text) {
        try {
            return DateTimeFormatter.ofPattern(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
