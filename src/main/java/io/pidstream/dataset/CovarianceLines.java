package io.pidstream.dataset;

import io.pidstream.config.ConfigurationException;
import io.pidstream.pid.Atoms;
import io.pidstream.pid.Decomposition;
import io.pidstream.pid.ModalitySet;
import io.pidstream.pid.PidDefinition;
import io.pidstream.record.JsonFields;
import io.pidstream.record.ModalityOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decomposes covariances given as JSON lines, one result per line. All or nothing: if any line is
 * invalid, nothing is written, so that a partial result is not mistaken for a complete one.
 */
public final class CovarianceLines {
    /** Denotes standard input instead of a file. */
    static final String STANDARD_INPUT = "-";

    private static final int MOST_WRONG = 10;
    private static final ModalityOrder ORDER = new ModalityOrder(List.of());

    private final String name;
    private final PidDefinition definition;
    private final List<String> results = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long wrong;

    private CovarianceLines(String name, PidDefinition definition) {
        this.name = name;
        this.definition = definition;
    }

    /**
     * @param source a file, or {@value #STANDARD_INPUT} for standard input
     * @param out receives one line for every line that is not blank
     * @param err receives notes on the computation, such as a constant channel that was left out
     * @throws ConfigurationException naming the invalid lines
     */
    public static void decompose(
            String source, PidDefinition definition, PrintWriter out, PrintWriter err)
            throws IOException {
        CovarianceLines lines;
        if (source.equals(STANDARD_INPUT)) {
            lines = new CovarianceLines("standard input", definition);
            lines.read(System.in);
        } else {
            lines = new CovarianceLines(source, definition);
            try (InputStream in = open(source)) {
                lines.read(in);
            }
        }
        lines.notes.forEach(err::println);
        lines.results.forEach(out::println);
        out.flush();
    }

    private static InputStream open(String source) throws IOException {
        Path file = Path.of(source);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new ConfigurationException(
                    List.of(
                            "--covariance: %s: expected a file with one JSON object per line; %s"
                                    .formatted(
                                            source,
                                            Files.exists(file)
                                                    ? "it is a directory"
                                                    : "there is none")));
        }
        return Files.newInputStream(file);
    }

    private void read(InputStream in) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String line;
        boolean empty = true;
        for (long number = 1; (line = reader.readLine()) != null; number++) {
            if (!line.isBlank()) {
                empty = false;
                decompose(line, name + ", line " + number + ": ");
            }
        }
        if (empty) {
            problems.add(
                    "--covariance: %s: expected one JSON object per line; it is empty"
                            .formatted(name));
        }
        if (wrong > MOST_WRONG) {
            problems.add("%s: and %,d more invalid lines".formatted(name, wrong - MOST_WRONG));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private void decompose(String line, String place) {
        GivenCovariance given = new GivenCovariance(line);
        if (!given.problems().isEmpty()) {
            wrong++;
            if (wrong <= MOST_WRONG) {
                given.problems().forEach(problem -> problems.add(place + problem));
            }
            return;
        }
        if (wrong == 0) {
            Decomposition result = given.decompose(definition);
            result.notes().forEach(note -> notes.add(place + note));
            results.add(json(result));
        }
    }

    /** The numbers are null if the decomposition is undefined. */
    static String json(Decomposition d) {
        boolean defined = d.isDefined();
        Atoms atoms = defined ? d.atoms().get(d.modalities().get(0)) : null;
        return JsonFields.object(
                ORDER,
                json -> {
                    json.number(
                            "imx", defined ? d.information().get(ModalitySet.of(0)) : Double.NaN);
                    json.number(
                            "imy", defined ? d.information().get(ModalitySet.of(1)) : Double.NaN);
                    json.number("imxy", defined ? d.information().all() : Double.NaN);
                    json.number("redundant", defined ? atoms.redundant() : Double.NaN);
                    json.number("uniqueX", defined ? atoms.unique() : Double.NaN);
                    json.number("uniqueY", defined ? atoms.rest() : Double.NaN);
                    json.number("synergistic", defined ? atoms.synergistic() : Double.NaN);
                    json.text("definition", d.definition().text());
                    json.text("status", d.status().name());
                    if (!defined) {
                        json.text("reason", d.reason());
                    }
                });
    }
}
