package io.pidstream.inspect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A file of known numbers in a random dialect. */
final class WrittenFile {
    private static final int ROWS = 240;
    private static final List<String> PATTERNS =
            List.of(
                    "yyyy-MM-dd HH:mm:ss",
                    "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    "dd.MM.yyyy HH:mm",
                    "MM/dd/yyyy hh:mm a",
                    "dd/MM/yyyy HH:mm:ss",
                    "yyyyMMdd HHmm");
    private static final List<String> ENCODINGS = List.of("UTF-8", "UTF-16LE", "windows-1252");
    private static final String EMPTY = "";

    private final Random random;
    private final LocalDateTime start;

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
        charset = Charset.forName(pick(ENCODINGS));
        gzip = random.nextBoolean();
        preamble = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        twoColumns = pattern.matches("[^']+ HH.*") && random.nextBoolean();
        oneValueARow = random.nextInt(4) == 0;
        assets = 1 + random.nextInt(3);
        missing =
                oneValueARow
                        ? EMPTY
                        : pick(List.of(EMPTY, "NaN", "-", "--", "#N/A", "nil", "-999", "Bad"));
        trailing = random.nextInt(4) == 0;
        crlf = random.nextBoolean();
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
                    100 + 8 * heat + 6 * force + random.nextGaussian()
                };
                for (int c = 0; c < row.length; c++) {
                    boolean absent = random.nextInt(50) == 0;
                    all[c][a][i] = absent ? Double.NaN : Math.rint(row[c] * 100) / 100;
                }
            }
        }
        return all;
    }

    static List<String> names() {
        return List.of("Zulauf °C", "Rücklauf °C", "Druck mbar", "Drehzahl rpm", "quality");
    }

    static int rows() {
        return ROWS;
    }

    LocalDateTime time(int row) {
        return start.plusHours(row);
    }

    long millis(int row) {
        return time(row).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    static String asset(int asset) {
        return "line-" + (char) ('A' + asset);
    }

    Path write(Path directory) throws IOException {
        StringBuilder text =
                new StringBuilder(charset.equals(StandardCharsets.UTF_16LE) ? "\ufeff" : "");
        for (int i = 0; i < preamble; i++) {
            text.append("# Export of plant 7, part ").append(i + 1).append(end(false));
        }
        text.append(twoColumns ? "Datum" + delimiter + "Uhrzeit" : "Zeitpunkt");
        text.append(assets > 1 ? delimiter + "Anlage" : "");
        List<String> header = oneValueARow ? List.of("parameter", "value") : names();
        header.forEach(name -> text.append(delimiter).append(name));
        text.append(end(true));
        for (int i = 0; i < ROWS; i++) {
            for (int a = 0; a < assets; a++) {
                row(text, i, a);
            }
        }
        Path file = directory.resolve("plant.csv" + (gzip ? ".gz" : ""));
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = gzip ? new GZIPOutputStream(raw) : raw) {
            out.write(text.toString().getBytes(charset));
        }
        return file;
    }

    private void row(StringBuilder text, int row, int asset) {
        if (oneValueARow) {
            for (int c = 0; c < names().size(); c++) {
                keys(text, row, asset);
                text.append(delimiter).append(names().get(c)).append(delimiter);
                text.append(number(values[c][asset][row])).append(end(true));
            }
            return;
        }
        keys(text, row, asset);
        for (int c = 0; c < names().size(); c++) {
            text.append(delimiter).append(number(values[c][asset][row]));
        }
        text.append(end(true));
    }

    private void keys(StringBuilder text, int row, int asset) {
        String written = time(row).format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
        text.append(twoColumns ? written.replaceFirst(" ", String.valueOf(delimiter)) : written);
        text.append(assets > 1 ? delimiter + asset(asset) : "");
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
        return "delimiter '%s', %s, %s, %s%s%s%s%s, %d assets, missing '%s'"
                .formatted(
                        delimiter,
                        numerals,
                        pattern,
                        charset,
                        gzip ? ", gzip" : "",
                        preamble > 0 ? ", preamble" : "",
                        twoColumns ? ", two columns" : "",
                        oneValueARow ? ", one value a row" : "",
                        assets,
                        missing);
    }
}
