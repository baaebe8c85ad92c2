package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentPortsTest {

    private static final String KEY = KeyTextTest.KEY;
    private static final String OTHER = KEY.replace("0123", "3210");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final InstantSource clock = now::get;

    @Test
    void aPortStandsForItsKey() {
        AgentPorts ports = AgentPorts.of(List.of("8126=" + KEY, " 8127 = " + OTHER), clock);

        assertThat(ports.ports()).containsExactlyInAnyOrder(8126, 8127);
        assertThat(ports.of(8126)).isEqualTo(KeyText.parse(KEY));
        assertThat(ports.of(8127)).isEqualTo(KeyText.parse(OTHER));
        assertThat(ports.of(4300)).isEmpty();
    }

    @Test
    void aKeyInAFileMayComeLaterAndChange(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("agent.key");
        AgentPorts ports = AgentPorts.of(List.of("8126=" + file), clock);
        assertThat(ports.of(8126)).isEmpty();

        Files.writeString(file, KEY + "\n");
        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThat(ports.of(8126)).isEqualTo(KeyText.parse(KEY));

        Files.writeString(file, OTHER);
        assertThat(ports.of(8126)).isEqualTo(KeyText.parse(KEY));
        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThat(ports.of(8126)).isEqualTo(KeyText.parse(OTHER));
    }

    @Test
    void whatIsNoEntryIsRefusedWithoutTheSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentPorts.of(List.of("8126=pm_secretive"), clock))
                .withMessageContaining("8126")
                .withMessageNotContaining("secretive");
        for (String entry : List.of(KEY, "0=" + KEY, "65536=" + KEY, "acme=" + KEY)) {
            assertThatIllegalArgumentException()
                    .as(entry)
                    .isThrownBy(() -> AgentPorts.of(List.of(entry), clock))
                    .withMessageContaining("1..65535");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentPorts.of(List.of("1=" + KEY, "1=" + OTHER), clock))
                .withMessageContaining("two keys");
    }
}
