package io.pidstream.inspect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** A file of known numbers in a random dialect. */
final class WrittenFile {
    private static final int ROWS = 240;
    private static final String EPOCH = "since 1970 in ";
    private static final List<String> PATTERNS =
            List.of(
                    "yyyy-MM-dd HH:mm:ss",
                    "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    "dd.MM.yyyy HH:mm",
                    "MM/dd/yyyy hh:mm a",
                    "dd/MM/yyyy HH:mm:ss",
                    "yyyyMMdd HHmm",
                    "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                    "yyyy/MM/dd HH:mm:ssXX",
                    "d MMM yyyy HH:mm",
                    EPOCH + "s",
                    EPOCH + "ms",
                    EPOCH + "us",
                    EPOCH + "ns");
    private static final List<String> ENCODINGS =
            List.of("UTF-8", "UTF-8 with a mark", "UTF-16LE", "windows-1252");

    private enum Quotes {
        NONE,
        TEXTS,
        ALL
    }

    private static final String EMPTY = "";
    private static final List<Duration> STEPS =
            List.of(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofSeconds(15));

    private final Random random;
    private final LocalDateTime start;
    private final boolean marked;
    private final Quotes quotes;
    private final boolean header;
    private final boolean shuffled;

    private final List<String> titles;
    private final String assetPattern;
    private final Duration step;

    /** What times with an offset are written in. */
    private final ZoneOffset zone;

    final char delimiter;
    final Numerals numerals;
    final String pattern;
    final Charset charset;
    final boolean gzip;
    final int preamble;
    final boolean twoColumns;
    final boolean oneValueARow;
    final int assets;
    final String missing;
    final boolean trailing;
    final boolean crlf;

    private boolean plain;

    /** Per channel, asset and hour; NaN where there is none. The last channel is the target. */
    final double[][][] values;

    WrittenFile(long seed) {
        random = new Random(seed);
        start = LocalDateTime.of(2023, 1 + random.nextInt(12), 1 + random.nextInt(28), 0, 0);
        delimiter = pick(List.of(',', ';', '\t', '|'));
        boolean comma = delimiter != ',' && random.nextBoolean();
        boolean grouped = random.nextInt(4) == 0 && delimiter != ',';
        numerals = new Numerals(comma ? ',' : '.', grouped ? comma ? '.' : ',' : '\0');
        pattern = pick(PATTERNS);
        String encoding = pick(ENCODINGS);
        charset = Charset.forName(encoding.split(" ", 2)[0]);
        marked = encoding.contains("mark") || charset.equals(StandardCharsets.UTF_16LE);
        quotes = pick(List.of(Quotes.values()));
        zone = ZoneOffset.ofHours(random.nextInt(-9, 12));
        shuffled = random.nextInt(3) == 0;
        gzip = random.nextBoolean();
        preamble = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        header = preamble > 0 || random.nextInt(4) > 0;
        twoColumns = pattern.matches("\\S+ HH.*") && random.nextBoolean();
        oneValueARow = random.nextInt(4) == 0;
        assets = 1 + random.nextInt(3);
        missing =
                oneValueARow
                        ? EMPTY
                        : pick(
                                List.of(
                                        EMPTY, "NaN", "-", "--", "#N/A", "nil", "-999", "-9999.0",
                                        "1e20", "Bad", "No Data"));
        trailing = random.nextInt(4) == 0;
        crlf = random.nextBoolean();
        titles = pick(TITLES);
        assetPattern = pick(ASSETS);
        step = pattern.contains("ss") || pattern.startsWith(EPOCH) ? pick(STEPS) : STEPS.get(0);
        values = values();
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private double[][][] values() {
        double[][][] all = new double[5][assets][ROWS];
        for (int a = 0; a < assets; a++) {
            for (int i = 0; i < ROWS; i++) {
                double heat = random.nextGaussian();
                double force = random.nextGaussian();
                double[] row = {
                    20 + 5 * heat,
                    25 + 5 * heat + random.nextGaussian(),
                    1013 + 10 * force,
                    1500 + 800 * random.nextDouble(),
                    100 + 8 * heat + 6 * force + 4 * random.nextGaussian()
                };
                for (int c = 0; c < row.length; c++) {
                    boolean absent = random.nextInt(50) == 0;
                    all[c][a][i] = absent ? Double.NaN : Math.rint(row[c] * 100) / 100;
                }
            }
        }
        return all;
    }

    /** As plants call them; some mean something else to YAML, to a path or to a reader of CSV. */
    private static final List<List<String>> TITLES =
            List.of(
                    List.of("Zulauf °C", "Rücklauf °C", "Druck mbar", "Drehzahl rpm", "quality"),
                    List.of("T-101.PV", "T-102.PV", "#3", "a: b", "y"),
                    List.of("{channel}", "null", "x, y; z", "say \"on\"", "purity [%]"),
                    List.of("yes", "-", "a/b", "~1", "@target"),
                    List.of("*", "&a", "!b", "'c'", "d\\e"));

    private static final List<String> ASSETS =
            List.of("line-%s", "%s, upper; left", "the \"%s\"", "00%s", "%s7", "Ärmel %s");

    /** The names of the channels; those of their columns where there is no header. */
    List<String> names() {
        if (header || oneValueARow) {
            return titles;
        }
        int keys = (twoColumns ? 2 : 1) + (assets > 1 ? 1 : 0);
        return IntStream.rangeClosed(1, titles.size())
                .mapToObj(c -> String.valueOf(keys + c))
                .toList();
    }

    static int rows() {
        return ROWS;
    }

    /** What the file has to be read in, once it is written. */
    Charset readIn() {
        return plain ? StandardCharsets.UTF_8 : charset;
    }

    LocalDateTime time(int row) {
        return start.plus(step.multipliedBy(row));
    }

    long millis(int row) {
        return time(row).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    String asset(int asset) {
        boolean digits = assetPattern.startsWith("00") || assetPattern.endsWith("7");
        return assetPattern.formatted(digits ? String.valueOf(1 + asset) : (char) ('A' + asset));
    }

    Path write(Path directory) throws IOException {
        StringBuilder text = new StringBuilder(marked ? "\ufeff" : "");
        for (int i = 0; i < preamble; i++) {
            text.append("# Export of plant 7, part ").append(i + 1).append(end(false));
        }
        if (header) {
            List<String> cells = new ArrayList<>();
            cells.addAll(twoColumns ? List.of("Datum", "Uhrzeit") : List.of("Zeitpunkt"));
            cells.addAll(assets > 1 ? List.of("Anlage") : List.of());
            cells.addAll(oneValueARow ? List.of("parameter", "value") : titles);
            text.append(line(cells.stream().map(cell -> quoted(cell, true)).toList()));
        }
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            for (int a = 0; a < assets; a++) {
                row(rows, i, a);
            }
        }
        if (shuffled) {
            Collections.shuffle(rows, random);
        }
        rows.forEach(text::append);
        Path file = directory.resolve("plant.csv" + (gzip ? ".gz" : ""));
        plain = text.chars().allMatch(c -> c < 128);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = gzip ? new GZIPOutputStream(raw) : raw) {
            out.write(text.toString().getBytes(charset));
        }
        return file;
    }

    private void row(List<String> rows, int row, int asset) {
        if (oneValueARow) {
            for (int c = 0; c < titles.size(); c++) {
                List<String> cells = keys(row, asset);
                cells.add(quoted(titles.get(c), true));
                cells.add(quoted(number(values[c][asset][row]), false));
                rows.add(line(cells));
            }
            return;
        }
        List<String> cells = keys(row, asset);
        for (int c = 0; c < titles.size(); c++) {
            cells.add(quoted(number(values[c][asset][row]), false));
        }
        rows.add(line(cells));
    }

    private List<String> keys(int row, int asset) {
        List<String> cells = new ArrayList<>();
        String written = written(row);
        boolean number = pattern.startsWith(EPOCH);
        for (String part : twoColumns ? List.of(written.split(" ", 2)) : List.of(written)) {
            cells.add(quoted(part, !number));
        }
        if (assets > 1) {
            cells.add(quoted(asset(asset), true));
        }
        return cells;
    }

    private String written(int row) {
        if (pattern.startsWith(EPOCH)) {
            String zeros =
                    Map.of("s", "", "ms", "000", "us", "000000", "ns", "000000000")
                            .get(pattern.substring(EPOCH.length()));
            return millis(row) / 1000 + zeros;
        }
        return time(row)
                .atOffset(ZoneOffset.UTC)
                .withOffsetSameInstant(pattern.contains("X") ? zone : ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    private String quoted(String cell, boolean text) {
        boolean quote = quotes == Quotes.ALL || (quotes == Quotes.TEXTS && text);
        boolean must = cell.indexOf(delimiter) >= 0 || cell.indexOf('"') >= 0;
        return quote || must ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    private String line(List<String> cells) {
        return String.join(String.valueOf(delimiter), cells) + end(true);
    }

    private String end(boolean cells) {
        return (trailing && cells ? String.valueOf(delimiter) : "") + (crlf ? "\r\n" : "\n");
    }

    private String number(double value) {
        if (Double.isNaN(value)) {
            return missing;
        }
        String plain = String.format(Locale.ROOT, "%.2f", value);
        int whole = plain.length() - 3;
        String digits = plain.substring(0, whole);
        if (numerals.thousands() != 0 && digits.length() > 3) {
            int cut = digits.length() - 3;
            digits = digits.substring(0, cut) + numerals.thousands() + digits.substring(cut);
        }
        return digits + numerals.decimal() + plain.substring(whole + 1);
    }

    @Override
    public String toString() {
        return "delimiter '%s', %s, %s, %s%s, quotes %s%s%s%s%s%s%s%s, %d assets as %s, %s, missing '%s'"
                .formatted(
                        delimiter,
                        numerals,
                        pattern,
                        charset,
                        marked ? " with a mark" : "",
                        quotes,
                        header ? "" : ", no header",
                        shuffled ? ", shuffled" : "",
                        trailing ? ", trailing" : "",
                        gzip ? ", gzip" : "",
                        preamble > 0 ? ", preamble" : "",
                        twoColumns ? ", two columns" : "",
                        oneValueARow ? ", one value a row" : "",
                        assets,
                        asset(0),
                        titles,
                        missing);
    }
}
