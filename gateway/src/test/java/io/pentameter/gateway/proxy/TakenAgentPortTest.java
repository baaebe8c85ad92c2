package io.pentameter.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pentameter.gateway.credential.AgentPorts;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenAgentPortTest {

    @Test
    void aPortThatSomebodyElseHasEndsTheStartWithItsNumber() throws IOException {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AgentPorts ports =
                    AgentPorts.of(List.of(other.getLocalPort() + "=/run/secrets/none"), InstantSource.system());

            assertThatIllegalStateException()
                    .isThrownBy(() -> new HttpAgentPorts(vertx, ports, "127.0.0.1").start(new StartupEvent()))
                    .withMessageContaining("agent-ports")
                    .withMessageContaining(Integer.toString(other.getLocalPort()));
        } finally {
            var _ = vertx.close();
        }
    }
}
