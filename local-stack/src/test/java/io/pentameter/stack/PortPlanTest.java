package io.pentameter.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void namesTheTakenPortAndWhoWantsIt() throws IOException {
        PortPlan plan = new PortPlan(Ports.free());
        try (ServerSocket other = new ServerSocket(plan.postgres(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(plan.taken()).contains("port %d is taken; PostgreSQL wants it".formatted(other.getLocalPort()));
        }
    }

    @Test
    void isTheOneThatTheModulesAgreedOn() {
        PortPlan plan = new PortPlan(4300);

        assertThat(plan.of(ServiceName.GATEWAY)).isEqualTo(4300);
        assertThat(plan.of(ServiceName.INGEST)).isEqualTo(4301);
        assertThat(plan.of(ServiceName.AGGREGATION)).isEqualTo(4302);
        assertThat(plan.of(ServiceName.QUALITY)).isEqualTo(4303);
        assertThat(plan.of(ServiceName.ALERT)).isEqualTo(4304);
        assertThat(plan.gatewayManagement()).isEqualTo(4320);
    }
}
