package io.pidstream.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * Shows a {@link LiveModel} in the whole window of a terminal, redrawn in place; the window is as
 * it was before when closed. Without colour where NO_COLOR is set, without blocks and arrows where
 * the terminal's charset has none.
 */
public final class LiveDisplay implements AutoCloseable {
    /** Every so many draws everything is repainted, in case a log line was printed in between. */
    private static final int REPAINT = 40;

    private final Terminal terminal;
    private final Display display;
    private final TerminalView view;
    private final boolean colour;
    private int drawn;
    private Size shown;

    LiveDisplay(Terminal terminal, boolean colour) {
        this.terminal = terminal;
        this.display = new Display(terminal, true);
        this.view = new TerminalView(Glyphs.of(terminal.encoding()));
        this.colour = colour;
    }

    /** A display, where standard output is a terminal that can move its cursor. */
    public static Optional<LiveDisplay> open() throws IOException {
        if (System.console() == null) {
            return Optional.empty();
        }
        Terminal terminal =
                TerminalBuilder.builder()
                        .system(true)
                        .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                        .dumb(true)
                        // Ctrl-C is left to the JVM, which ends the command.
                        .nativeSignals(false)
                        .build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
                || terminal.getStringCapability(Capability.cursor_address) == null) {
            terminal.close();
            return Optional.empty();
        }
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        String noColour = System.getenv("NO_COLOR");
        return Optional.of(new LiveDisplay(terminal, noColour == null || noColour.isEmpty()));
    }

    public void draw(LiveModel model) {
        Size size = terminal.getSize();
        int width = size.getColumns() > 0 ? size.getColumns() : 80;
        int height = size.getRows() > 0 ? size.getRows() : 24;
        List<AttributedString> lines = view.render(model, width, height);
        if (!colour) {
            lines = lines.stream().map(line -> new AttributedString(line.toString())).toList();
        }
        Size now = new Size(width, height);
        if (!now.equals(shown)) {
            // What stands there has been wrapped or cut by the terminal, nobody knows how.
            terminal.puts(Capability.clear_screen);
            display.resize(height, width);
            display.clear();
            shown = now;
        } else if (++drawn % REPAINT == 0) {
            display.clear();
        }
        // The display keeps the list, and clears it before a repaint.
        display.update(new ArrayList<>(lines), -1);
    }

    @Override
    public void close() throws IOException {
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.close();
    }
}
