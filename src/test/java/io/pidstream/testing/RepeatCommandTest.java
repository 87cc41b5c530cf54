package io.pidstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RepeatCommandTest {
    /** Found by no pattern of the build; it fails at nearly every seed. */
    static final class SomeProperty {
        private static final List<Integer> SEEN = new ArrayList<>();

        @Property(tries = 20, shrinking = ShrinkingMode.OFF)
        boolean holdsSeldom(@ForAll int value) {
            SEEN.add(value);
            return Math.abs(value) < 100;
        }
    }

    @Test
    void aFailureEndsWithTheCommandThatRepeatsIt() {
        String message = failure();

        assertThat(message)
                .containsPattern(
                        "Repeat it by: mvn test"
                            + " -Dtest='io\\.pidstream\\.testing\\.RepeatCommandTest\\$SomeProperty#holdsSeldom'"
                            + " -Dproperty\\.seed=-?\\d+");
        List<Integer> seen = List.copyOf(SomeProperty.SEEN);
        String seed = message.substring(message.lastIndexOf('=') + 1).strip();
        System.setProperty(RepeatCommand.SEED, seed);
        try {
            assertThat(failure()).endsWith("=" + seed);
        } finally {
            System.clearProperty(RepeatCommand.SEED);
        }
        assertThat(SomeProperty.SEEN).isEqualTo(seen);
    }

    private static String failure() {
        SomeProperty.SEEN.clear();
        String[] message = new String[1];
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(SomeProperty.class))
                        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                        .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
                        .build();
        LauncherFactory.create()
                .execute(
                        request,
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(
                                    TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable()
                                        .ifPresent(failure -> message[0] = failure.getMessage());
                            }
                        });
        return Objects.requireNonNull(message[0], "the property holds");
    }
}
