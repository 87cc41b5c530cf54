package io.pidstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccessTest {
    private long now;
    private final Access open = new Access(Optional.empty(), Set.of("page.plant"), () -> now);
    private final Access closed = new Access(Optional.of("s3cret"), Set.of(), () -> now);

    private static Headers headers(String name, String value) {
        Headers headers = new Headers();
        headers.set(name, value);
        return headers;
    }

    @Test
    void answersUnderAddressesAndExpectedNamesOnly() {
        for (String host : new String[] {"127.0.0.1:8090", "localhost", "[::1]:80", "Page.Plant"}) {
            assertThat(open.isExpectedHost(headers("Host", host))).as(host).isTrue();
        }
        for (String host : new String[] {"evil.example", "127.0.0.1.evil.example:8090", ""}) {
            assertThat(open.isExpectedHost(headers("Host", host))).as(host).isFalse();
        }
        assertThat(open.isExpectedHost(new Headers())).isFalse();
    }

    @Test
    void withoutATokenEverybodyMayRead() {
        assertThat(open.mayRead(new Headers())).isTrue();
        assertThat(open.enter("")).isEmpty();
    }

    @Test
    void theTokenOpensAndSoDoesTheCookieThatIsGivenForIt() {
        assertThat(closed.mayRead(new Headers())).isFalse();
        assertThat(closed.mayRead(headers("Authorization", "Bearer s3cret"))).isTrue();
        assertThat(closed.mayRead(headers("Authorization", "Bearer s3cre"))).isFalse();
        assertThat(closed.mayRead(headers("Cookie", Access.COOKIE + "=s3cret"))).isFalse();
        String session = closed.enter("s3cret").orElseThrow();
        assertThat(closed.mayRead(headers("Cookie", "x=1; " + Access.COOKIE + "=" + session)))
                .isTrue();
    }

    @Test
    void tenWrongTokensCloseTheDoorForAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(closed.isClosed()).isFalse();
            assertThat(closed.enter("guess " + i)).isEmpty();
        }
        assertThat(closed.isClosed()).isTrue();
        now += TimeUnit.SECONDS.toNanos(61);
        assertThat(closed.isClosed()).isFalse();
    }

    @Test
    void aLoginFromAnotherSiteIsKnownByItsOrigin() {
        Headers headers = headers("Host", "127.0.0.1:8090");
        assertThat(Access.isOwnOrigin(headers)).isTrue();
        headers.set("Origin", "http://127.0.0.1:8090");
        assertThat(Access.isOwnOrigin(headers)).isTrue();
        headers.set("Origin", "http://evil.example");
        assertThat(Access.isOwnOrigin(headers)).isFalse();
    }
}
