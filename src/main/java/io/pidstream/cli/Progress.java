package io.pidstream.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/** The progress bars of commands, on standard error. */
final class Progress {
    private static final int UPDATE_MILLIS = 200;

    private Progress() {}

    /**
     * A bar with the name of its command and with its speed.
     *
     * @param most steps until the end
     * @param unit plural name of a step
     */
    static ProgressBar bar(CommandSpec command, long most, String unit) {
        return builder(command, most).setUnit(" " + unit, 1).showSpeed().build();
    }

    /** A bar with the name of its command, for few and slow steps. */
    static ProgressBar bar(CommandSpec command, long most) {
        return builder(command, most).build();
    }

    private static ProgressBarBuilder builder(CommandSpec command, long most) {
        return new ProgressBarBuilder()
                .setTaskName(command.name())
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS);
    }
}
