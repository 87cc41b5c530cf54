package io.pidstream.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The progress bars of commands, on standard error; invisible where the command does not run in a
 * terminal, as a bar is redrawn by carriage returns. Without colour where {@code NO_COLOR} is set.
 */
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
        ProgressBarBuilder builder =
                new ProgressBarBuilder()
                        .setTaskName(command.name())
                        .setInitialMax(most)
                        .setStyle(style())
                        .setUpdateIntervalMillis(UPDATE_MILLIS);
        return isShown() ? builder : builder.setConsumer(new Invisible());
    }

    private static boolean isShown() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }

    private static ProgressBarStyle style() {
        String noColour = System.getenv("NO_COLOR");
        return noColour == null || noColour.isEmpty()
                ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK
                : ProgressBarStyle.UNICODE_BLOCK;
    }

    private static final class Invisible implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return 80;
        }

        @Override
        public void accept(String bar) {
            // Nobody would see it move.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
