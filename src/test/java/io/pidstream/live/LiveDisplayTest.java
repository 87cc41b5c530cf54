package io.pidstream.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to a terminal. */
class LiveDisplayTest {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private Terminal terminal;
    private LiveDisplay display;

    @BeforeEach
    void open() throws IOException {
        terminal =
                TerminalBuilder.builder()
                        .system(false)
                        .streams(new ByteArrayInputStream(new byte[0]), sent)
                        .type("xterm")
                        .encoding(StandardCharsets.UTF_8)
                        .build();
        assertThat(terminal.getStringCapability(Capability.clear_screen)).isNotNull();
        display = new LiveDisplay(terminal, false);
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    @Test
    void aNewSizeStartsOnAnEmptyScreenAndDrawsEverything() {
        String first = draw(80, 24);
        assertThat(first).startsWith(CLEAR).contains("Kafka 127.0.0.1:37861");
        // The same again sends nothing but what has changed, which is nothing.
        assertThat(draw(80, 24)).doesNotContain(CLEAR).doesNotContain("Kafka");
        for (int[] size : new int[][] {{120, 40}, {60, 20}, {80, 24}}) {
            assertThat(draw(size[0], size[1]))
                    .startsWith(CLEAR)
                    .contains("Flink http://127.0.0.1:35737")
                    .contains("page http://127.0.0.1:41549")
                    .contains("Kafka 127.0.0.1:37861");
        }
    }

    private String draw(int width, int height) {
        sent.reset();
        terminal.setSize(new Size(width, height));
        display.draw(TerminalViewTest.model());
        terminal.flush();
        return sent.toString(StandardCharsets.UTF_8);
    }
}
