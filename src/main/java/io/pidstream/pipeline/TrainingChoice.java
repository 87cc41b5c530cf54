package io.pidstream.pipeline;

import io.pidstream.config.PipelineConfig;
import io.pidstream.train.FineTuning;
import io.pidstream.version.VersionKinds;
import java.util.Locale;

/**
 * Whether encoders are trained in a run over a file, how often, and why. Unless asked for, they are
 * if the estimated cost is at most that of the run without training; less often than configured if
 * the run would otherwise take more than a minute. Estimates are made from the size of the file and
 * of the networks, with constants measured once, so the choice is the same on every machine on
 * which the engine starts.
 *
 * @param trains whether encoders are trained
 * @param every labelled frames between two trainings instead of {@code encoder.fine-tune-every}; 0
 *     for as configured
 * @param reason as part of a sentence
 */
public record TrainingChoice(boolean trains, int every, String reason) {
    /** Seconds of a run without training: its start, and a row. */
    private static final double START = 7;

    private static final double ROW = 6e-4;

    /** Seconds that a run with training may take. */
    private static final double WHOLE = 60;

    /** What training may add, as a share of the run, where the run alone takes nearly as long. */
    private static final double LEAST_SHARE = 0.2;

    /** With fewer trainings the first one comes too late to be of use. */
    private static final int FEWEST_TRAININGS = 4;

    /** The choice that was made by an option. */
    public static TrainingChoice asked(boolean trains) {
        return new TrainingChoice(trains, 0, trains ? "asked for" : "turned off");
    }

    /** The choice where a version was given that encodes the frames. */
    public static TrainingChoice given() {
        return untrained("a version was given");
    }

    /**
     * The choice by cost.
     *
     * @param rows number of rows of the file, each of which may be a labelled frame
     */
    public static TrainingChoice byCost(PipelineConfig config, long rows) {
        int every = config.encoder().fineTuneEvery();
        if (rows < every) {
            return untrained(
                    "%s rows are fewer than the %s labelled frames before the first training"
                            .formatted(number(rows), number(every)));
        }
        double training = seconds(config, rows);
        double run = START + ROW * rows;
        if (training > run) {
            return untrained(costs(training, run));
        }
        double most = Math.max(WHOLE - run, LEAST_SHARE * run);
        if (training <= most) {
            return withEngine(config.encoder(), 0, costs(training, run));
        }
        return seldom(config, rows, most, training, run);
    }

    /** Trained as often as fits into a minute. */
    private static TrainingChoice seldom(
            PipelineConfig config, long rows, double most, double training, double run) {
        PipelineConfig.FineTuning tuning = config.encoder().fineTuning();
        long every =
                Math.max(
                        config.encoder().fineTuneEvery(),
                        ((long) tuning.recent() + tuning.sample()) / 10);
        double costs = training;
        while (costs > most && every <= rows / FEWEST_TRAININGS) {
            every *= 2;
            costs = seconds(config.withFineTuneEvery((int) every), rows);
        }
        if (every > rows / FEWEST_TRAININGS) {
            return untrained(
                    costs(training, run) + ", more than a minute together; --fine-tune trains");
        }
        return withEngine(
                config.encoder(),
                (int) every,
                "every %s labelled frames, %s; as often as configured it would take %s s, more than"
                                .formatted(number(every), costs(costs, run), seconds(training))
                        + " a minute together; --fine-tune trains so");
    }

    private static double seconds(PipelineConfig config, long rows) {
        return FineTuning.seconds(StageSettings.fineTuning(config), rows);
    }

    private static String costs(double training, double run) {
        return "estimated at %s s of one core, the run without at %s s"
                .formatted(seconds(training), seconds(run));
    }

    private static TrainingChoice untrained(String reason) {
        return new TrainingChoice(false, 0, reason);
    }

    /** The only part that depends on the machine: without an engine nothing can be trained. */
    private static TrainingChoice withEngine(
            PipelineConfig.Encoder encoder, int every, String reason) {
        try {
            VersionKinds.of(encoder.type()).check(encoder.device());
            return new TrainingChoice(true, every, reason);
        } catch (IllegalStateException | LinkageError e) {
            return untrained("not possible here: " + e.getMessage());
        }
    }

    /** The configuration with which the run trains as chosen. */
    public PipelineConfig applied(PipelineConfig config) {
        return every == 0 ? config : config.withFineTuneEvery(every);
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
