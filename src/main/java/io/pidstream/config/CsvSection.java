package io.pidstream.config;

import static io.pidstream.config.KeyTypes.MILLISECOND;
import static io.pidstream.config.KeyTypes.duration;
import static io.pidstream.config.KeyTypes.flag;
import static io.pidstream.config.KeyTypes.integer;
import static io.pidstream.config.KeyTypes.text;

import io.pidstream.config.PipelineConfig.Csv;
import io.pidstream.config.PipelineConfig.CsvAsset;
import io.pidstream.config.PipelineConfig.CsvText;
import io.pidstream.time.TimeFormat;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * The section {@code csv}. Three of its keys take either a text or a mapping with one key, which is
 * declared after them.
 */
final class CsvSection {
    static final Section<Csv> KEYS = Section.of("csv", PipelineConfig::csv);

    static final Key<Character> DELIMITER =
            KEYS.key("delimiter", CsvTypes.delimiter())
                    .or(',')
                    .of(csv -> csv.text().delimiter())
                    .means("Character between the cells of a [file](own-data.md#dialects).");

    static final Key<Character> DECIMAL =
            KEYS.key("decimal", CsvTypes.oneOf(".,"))
                    .or('.')
                    .of(csv -> csv.text().decimal())
                    .means("Decimal point or comma of numbers.");

    static final Key<Character> THOUSANDS =
            KEYS.key("thousands", CsvTypes.oneOf(".,'_ "))
                    .orNone()
                    .of(csv -> csv.text().thousands())
                    .means("Character between groups of three digits of numbers.");

    static final Key<String> ENCODING =
            KEYS.key("encoding", CsvTypes.encoding())
                    .or("UTF-8")
                    .of(csv -> csv.text().encoding())
                    .means("Character set, unless a file begins with a byte order mark.");

    static final Key<List<String>> MISSING =
            KEYS.key("missing", ListType.ofDistinct(text(), "texts or numbers", 0, 100))
                    .or(List.of())
                    .of(csv -> csv.text().missing())
                    .means(
                            "What else stands for a missing value, such as -200; always do an"
                                    + " empty cell, NaN, NA, N/A, null, none, nil, - and ?.");

    static final Key<Integer> SKIP_LINES =
            KEYS.key("skip-lines", integer(0, 100_000))
                    .or(0)
                    .of(csv -> csv.text().skipLines())
                    .means("Lines before the header that are not read.");

    static final Key<Boolean> HEADER =
            KEYS.key("header", flag())
                    .or(true)
                    .of(csv -> csv.text().header())
                    .means(
                            "Whether the first line has the names of the columns; otherwise they"
                                    + " are called 1, 2, 3 and so on.");

    static final Key<String> ASSET =
            KEYS.key("asset", text())
                    .or("asset")
                    .of(csv -> csv.asset().column())
                    .means("Column of the asset in a [file](own-data.md#the-columns-of-a-file).");

    static final Key<String> ASSET_CONSTANT =
            KEYS.key("asset.constant", text())
                    .orNone()
                    .of(csv -> csv.asset().constant())
                    .means("Instead of a column: the asset of every row.");

    static final Key<Boolean> ASSET_FILE_NAME =
            KEYS.key("asset.file-name", flag())
                    .orNone()
                    .of(csv -> csv.asset().isFileName() ? true : null)
                    .means(
                            "Instead of a column, with one file per asset: the asset is the name of"
                                    + " the file without its ending.");

    static final Key<List<String>> TIME =
            KEYS.key("time", CsvTypes.columns())
                    .or(List.of("time"))
                    .of(csv -> csv.hasTime() ? csv.times() : null)
                    .means("Column of the time, or those of date and time.");

    static final Key<Duration> TIME_ROW =
            KEYS.key("time.row", duration(MILLISECOND))
                    .orNone()
                    .of(Csv::rowStep)
                    .means(
                            "Instead of a column, for a table without time: rows count as this far"
                                    + " apart.");

    static final Key<String> TIME_FORMAT =
            KEYS.key("time-format", CsvTypes.timeFormat())
                    .or(TimeFormat.ISO)
                    .of(Csv::timeFormat)
                    .means(
                            "[Format of the time](own-data.md#times): ISO 8601, the days of a"
                                    + " spreadsheet, or the letters of Java's DateTimeFormatter.");

    static final Key<Duration> TIME_UNIT =
            KEYS.key("time-format.unit", CsvTypes.unit())
                    .orNone()
                    .of(Csv::timeUnit)
                    .means(
                            "Instead of a format, for a column of numbers: what they count, from"
                                    + " 1970.");

    static final Key<ZoneId> ZONE =
            KEYS.key("zone", CsvTypes.zone())
                    .or(ZoneId.of("UTC"))
                    .of(Csv::zone)
                    .means("Zone of times that have no offset of their own.");

    static final Key<String> CHANNELS =
            KEYS.key(
                            "channels",
                            text(
                                    pattern -> pattern.contains("{channel}"),
                                    "a pattern with {channel} in it"))
                    .or("{modality}.{channel}")
                    .of(Csv::channels)
                    .means("Name of a channel's column, or of its metric.");

    static final Key<String> METRIC =
            KEYS.key("metric", text())
                    .orNone()
                    .of(Csv::metric)
                    .means(
                            "For a file with [one row per value](own-data.md#one-row-per-value):"
                                    + " column of the name of what was measured.");

    static final Key<String> VALUE =
            KEYS.key("value", text())
                    .orNone()
                    .of(Csv::value)
                    .means("Beside `csv.metric`: column of the value.");

    static final Key<Duration> LABEL_DELAY =
            KEYS.key("label-delay", duration(Duration.ZERO))
                    .or(Default.duration("PT0S"))
                    .of(Csv::labelDelay)
                    .means("A label becomes known this long after the time of its row.");

    private CsvSection() {}

    static Csv read(ConfigNode root) {
        boolean rows = root.hasMapping(TIME);
        boolean unit = !rows && root.hasMapping(TIME_FORMAT);
        if (rows && root.has(TIME_FORMAT)) {
            root.problem(TIME_FORMAT, root.find(TIME_FORMAT), "none where csv.time is a row's");
        }
        if (root.has(VALUE) && !root.has(METRIC)) {
            root.problem(VALUE, root.find(VALUE), "none without csv.metric");
        }
        if (rows && root.has(METRIC)) {
            root.problem(METRIC, root.find(METRIC), "none where csv.time is a row's");
        }
        return new Csv(
                readText(root),
                readAsset(root),
                rows ? List.of() : root.get(TIME),
                rows || unit ? null : root.get(TIME_FORMAT),
                unit ? root.require(TIME_UNIT) : null,
                root.get(ZONE),
                rows ? root.require(TIME_ROW) : null,
                root.get(CHANNELS),
                root.get(METRIC),
                root.has(METRIC) ? root.require(VALUE) : root.get(VALUE),
                root.get(LABEL_DELAY));
    }

    private static CsvText readText(ConfigNode root) {
        char delimiter = root.get(DELIMITER);
        char decimal = root.get(DECIMAL);
        Character thousands = root.get(THOUSANDS);
        if (decimal == delimiter) {
            root.problem(DECIMAL, decimal, "another character than csv.delimiter");
        }
        if (thousands != null && (thousands == decimal || thousands == delimiter)) {
            root.problem(
                    THOUSANDS, thousands, "another character than csv.decimal and csv.delimiter");
        }
        return new CsvText(
                delimiter,
                decimal,
                thousands,
                root.get(ENCODING),
                root.get(MISSING),
                root.get(SKIP_LINES),
                root.get(HEADER));
    }

    private static CsvAsset readAsset(ConfigNode root) {
        if (!root.hasMapping(ASSET)) {
            return new CsvAsset(root.get(ASSET), null);
        }
        if (!root.has(ASSET_FILE_NAME)) {
            return new CsvAsset(null, root.require(ASSET_CONSTANT));
        }
        if (!root.require(ASSET_FILE_NAME) || root.has(ASSET_CONSTANT)) {
            root.problem(
                    ASSET_FILE_NAME,
                    root.find(ASSET_FILE_NAME),
                    "true, or {constant: NAME} instead");
        }
        return new CsvAsset(null, null);
    }
}
