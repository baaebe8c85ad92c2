package io.pentameter.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForwardHeadersTest {

    @Test
    void credentialsAndHopByHopHeadersStayHere() {
        for (String name : List.of(
                "authorization",
                "x-api-key",
                "api_key",
                "api-key",
                "dd-api-key",
                "wandb-api-key",
                "proxy-authorization",
                "cookie",
                "host",
                "connection",
                "transfer-encoding",
                "te",
                "upgrade",
                "expect",
                "pentameter-request-id",
                "pentameter-tenant",
                "x-named")) {
            assertThat(ForwardHeaders.goesToService(name, Set.of("x-named")))
                    .as(name)
                    .isFalse();
        }
        for (String name : List.of("content-type", "content-encoding", "content-length", "user-agent", "x-custom")) {
            assertThat(ForwardHeaders.goesToService(name, Set.of())).as(name).isTrue();
        }
    }

    @Test
    void whatTheConnectionHeaderNamesIsReadFromAllItsLines() {
        assertThat(ForwardHeaders.named(List.of("close, X-One", " x-TWO ")))
                .isEqualTo(Set.of("close", "x-one", "x-two"));
    }

    @Test
    void internalHeadersDoNotGoBack() {
        for (String name : List.of("pentameter-spans-accepted", "set-cookie", "server", "transfer-encoding")) {
            assertThat(ForwardHeaders.goesToClient(name)).as(name).isFalse();
        }
        assertThat(ForwardHeaders.goesToClient("retry-after")).isTrue();
        assertThat(ForwardHeaders.goesToClient("content-type")).isTrue();
    }

    @Test
    void aBodyIsLateAfterASilenceOrInAllButNotWhileTheServiceIsSlow() {
        BodyClock clock = new BodyClock(new BodyClock.Limits(1_000, 5_000), 0);

        assertThat(clock.isLate(millis(1_000))).isFalse();
        assertThat(clock.isLate(millis(1_001))).isTrue();
        clock.read(millis(900));
        assertThat(clock.isLate(millis(1_900))).isFalse();
        clock.blocked();
        assertThat(clock.isLate(millis(4_000))).isFalse();
        clock.unblocked(millis(4_000));
        assertThat(clock.isLate(millis(5_000))).isFalse();
        assertThat(clock.isLate(millis(5_001))).isTrue();
        clock.restart(millis(6_000));
        assertThat(clock.isLate(millis(7_000))).isFalse();
    }

    @Test
    void howOftenToLookFollowsFromTheShorterTime() {
        assertThat(new BodyClock.Limits(15_000, 120_000).checkMillis()).isEqualTo(5_000);
        assertThat(new BodyClock.Limits(300, 120_000).checkMillis()).isEqualTo(100);
        assertThat(new BodyClock.Limits(1, 1).checkMillis()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new BodyClock.Limits(0, 1));
    }

    private static long millis(long count) {
        return count * 1_000_000;
    }
}
