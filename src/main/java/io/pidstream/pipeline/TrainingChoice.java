package io.pidstream.pipeline;

import io.pidstream.config.PipelineConfig;
import io.pidstream.train.FineTuning;
import io.pidstream.version.VersionKinds;
import java.util.Locale;

/**
 * Whether encoders are trained in a run over a file, and why. Unless asked for, they are if the
 * estimated cost is at most that of the run without training. Estimates are made from the size of
 * the file and of the networks, with constants measured once, so the choice is the same on every
 * machine on which the engine starts.
 *
 * @param trains whether encoders are trained
 * @param reason as part of a sentence
 */
public record TrainingChoice(boolean trains, String reason) {
    /** Seconds of a run without training: its start, and a row. */
    private static final double START = 7;

    private static final double ROW = 6e-4;

    /** The choice that was made by an option. */
    public static TrainingChoice asked(boolean trains) {
        return new TrainingChoice(trains, trains ? "asked for" : "turned off");
    }

    /** The choice where a version was given that encodes the frames. */
    public static TrainingChoice given() {
        return new TrainingChoice(false, "a version was given");
    }

    /**
     * The choice by cost.
     *
     * @param rows number of rows of the file, each of which may be a labelled frame
     */
    public static TrainingChoice byCost(PipelineConfig config, long rows) {
        int every = config.encoder().fineTuneEvery();
        if (rows < every) {
            return new TrainingChoice(
                    false,
                    "%s rows are fewer than the %s labelled frames before the first training"
                            .formatted(number(rows), number(every)));
        }
        double training = FineTuning.seconds(StageSettings.fineTuning(config), rows);
        double run = START + ROW * rows;
        String costs =
                "estimated at %s s of one core, the run without at %s s"
                        .formatted(seconds(training), seconds(run));
        if (training > run) {
            return new TrainingChoice(false, costs);
        }
        return withEngine(config.encoder(), costs);
    }

    /** The only part that depends on the machine: without an engine nothing can be trained. */
    private static TrainingChoice withEngine(PipelineConfig.Encoder encoder, String costs) {
        try {
            VersionKinds.of(encoder.type()).check(encoder.device());
            return new TrainingChoice(true, costs);
        } catch (IllegalStateException | LinkageError e) {
            return new TrainingChoice(false, "not possible here: " + e.getMessage());
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 9.5 ? "%.1f" : "%,.0f", seconds);
    }

    /** A line for a person. */
    public String text() {
        return "encoders are %strained: %s".formatted(trains ? "" : "not ", reason);
    }
}
