package io.pidstream.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final long LEAST = 20;

    private final Presence presence = new Presence(1);
    private long time;

    private Presence.Step next(boolean here) {
        Presence.Step step = presence.next(0, ++time, here, LEAST);
        if (step != Presence.Step.NOTHING) {
            presence.emitted(0, step, time);
        }
        return step;
    }

    private int framesUntil(Presence.Step step, boolean here) {
        for (int i = 1; i <= 1000; i++) {
            if (next(here) == step) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void isStalledOnceItHasBeenSilentForLongEnoughAndBackWithItsThirdReading() {
        next(true);
        assertThat(framesUntil(Presence.Step.STALLED, false)).isEqualTo(20);
        assertThat(presence.silentSince(0)).isEqualTo(1);
        assertThat(next(false)).isEqualTo(Presence.Step.NOTHING);
        assertThat(next(true)).isEqualTo(Presence.Step.NOTHING);
        assertThat(next(false)).isEqualTo(Presence.Step.NOTHING);
        assertThat(framesUntil(Presence.Step.BACK, true)).isEqualTo(3);
        assertThat(framesUntil(Presence.Step.STALLED, false)).isEqualTo(20);
    }

    @Test
    void aModalityThatIsOftenAwayForLongMustBeAwayForTwiceAsLong() {
        next(true);
        for (int i = 0; i < 18; i++) {
            next(false);
        }
        next(true);
        assertThat(framesUntil(Presence.Step.STALLED, false)).isEqualTo(38);
    }

    @Test
    void oneThatWasNeverThereIsNotStalled() {
        assertThat(framesUntil(Presence.Step.STALLED, false)).isEqualTo(-1);
    }
}
