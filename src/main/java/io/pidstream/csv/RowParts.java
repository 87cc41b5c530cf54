package io.pidstream.csv;

import io.pidstream.admit.Admission;
import io.pidstream.admit.Inbound;
import io.pidstream.admit.Origin;
import io.pidstream.avro.DeadLetterReason;
import io.pidstream.avro.Reading;
import io.pidstream.config.PipelineConfig;
import io.pidstream.event.Modality;
import io.pidstream.event.Targets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row as readings, one per modality, and a label, or as dead letters. */
final class RowParts {
    private final PipelineConfig config;
    private final List<String> files;
    private final ValueNames names;
    private final Admission admission;

    /**
     * @param files their names
     */
    RowParts(PipelineConfig config, List<String> files) {
        this.config = config;
        this.files = files;
        this.names = ValueNames.of(config);
        this.admission =
                new Admission(config.modalities(), config.target().names(), Clock.systemUTC());
    }

    /** The reading of a modality, or its dead letter. Only for a row without a problem. */
    Inbound reading(Row row, int modality) {
        Modality of = config.modalities().all().get(modality);
        int from = names.offsets().get(modality);
        List<Double> values = new ArrayList<>(of.channels().size());
        for (int i = from; i < from + of.channels().size(); i++) {
            if (row.problem(i) != null) {
                return refuse(row, row.problem(i));
            }
            values.add(Double.isNaN(row.values()[i]) ? null : (Double) row.values()[i]);
        }
        return admission.admit(new Reading(row.asset(), of.name(), time(row), values), origin(row));
    }

    /**
     * The label, or its dead letter; null if a target is missing, because a frame is learned with
     * all its targets or not at all. Only for a row without a problem.
     */
    Inbound label(Row row) {
        double[] targets = Arrays.copyOfRange(row.values(), names.channels(), names.size());
        for (int t = 0; t < targets.length; t++) {
            if (row.problem(names.channels() + t) != null) {
                return refuse(row, row.problem(names.channels() + t));
            }
        }
        for (double target : targets) {
            if (Double.isNaN(target)) {
                return null;
            }
        }
        Instant recordedAt = time(row).plus(config.csv().labelDelay());
        return admission.admit(
                Targets.label(row.asset(), time(row), recordedAt, targets), origin(row));
    }

    /** Event time has milliseconds. */
    static Instant time(Row row) {
        return row.time().truncatedTo(ChronoUnit.MILLIS);
    }

    Inbound refuse(Row row, String problem) {
        return Admission.refuse(origin(row), DeadLetterReason.UNDECODABLE, problem);
    }

    private Origin origin(Row row) {
        String text = row.refusal() == null ? null : row.refusal().text();
        return Origin.line(files.get(row.file()), row.file(), row.line(), text);
    }

    /** Why a row with one value cannot be used; null if it can. */
    String whyUselessAlone(Row row) {
        return row.problem() == null ? null : refuse(row, row.problem()).deadLetter().getDetail();
    }

    /** Why nothing of a row can be used; null if some of it can, or if all is missing. */
    String whyUseless(Row row) {
        if (row.problem() != null) {
            return refuse(row, row.problem()).deadLetter().getDetail();
        }
        String why = null;
        for (int m = 0; m < config.modalities().count(); m++) {
            Inbound reading = reading(row, m);
            if (reading.deadLetter() == null
                    && reading.reading().getValues().stream().anyMatch(value -> value != null)) {
                return null;
            }
            if (reading.deadLetter() != null && why == null) {
                why = reading.deadLetter().getDetail();
            }
        }
        return why;
    }
}
