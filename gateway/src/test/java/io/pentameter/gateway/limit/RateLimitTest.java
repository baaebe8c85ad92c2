package io.pentameter.gateway.limit;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Service;
import io.pentameter.gateway.testing.TopicReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class RateLimitTest {

    private Service service;

    @BeforeEach
    void startService() {
        service = Service.start(Gateway.service());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void spansAreDebitedWhenTheServiceHasCountedThemAndTheNextRequestIs429() {
        Gateway.Home home = Gateway.home();
        String limited = limitedKey(home, Map.of("spansPerSecond", 10));
        String other = Gateway.key(home, "ingest");
        service.answers(exchange -> {
            exchange.getResponseHeaders().add("Pentameter-Spans-Accepted", "900");
            exchange.getResponseHeaders().add("Pentameter-Spans-Refused", "100");
            Service.reply(exchange, 200, "{}");
        });

        Gateway.Answer first = traces(limited);
        Gateway.Answer second = traces(limited);
        Gateway.Answer unlimited = traces(other);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(429);
        // a burst of 5 s was full: 50 - 1000 spans are missing at 10 a second, and one more
        assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(94, 96);
        assertThat(second.header("RateLimit")).contains("\"spans\";r=0;t=9");
        assertThat(second.header("RateLimit-Policy")).contains("\"spans\";q=50;w=5");
        assertThat(second.json().get("code").asInt()).isEqualTo(8);
        assertThat(second.json().get("message").asText()).startsWith("the limit of 10 spans per second is exceeded");
        assertThat(unlimited.status()).isEqualTo(200);
        assertThat(service.arrived()).hasSize(2);
    }

    @Test
    void theLimitOfATenantHoldsForAllItsKeysTogether() {
        Gateway.Home home = Gateway.home();
        String one = Gateway.key(home, "ingest");
        String two = Gateway.key(home, "ingest");
        expect(
                200,
                call(
                        "PATCH",
                        "/api/v1/admin/tenants/" + home.tenant(),
                        Gateway.operator(),
                        Map.of("limits", Map.of("bytesPerSecond", 1))));

        List<Integer> statuses = List.of(traces(one).status(), traces(two).status());

        assertThat(statuses).isEqualTo(List.of(200, 429));
    }

    @Test
    void refusedRequestsAreReportedToTheTenantsAccounting() {
        Gateway.Home home = Gateway.home();
        String limited = limitedKey(home, Map.of("bytesPerSecond", 1));

        List<Integer> statuses = List.of(
                traces(limited).status(),
                traces(limited).status(),
                traces(limited).status());

        assertThat(statuses).isEqualTo(List.of(200, 429, 429));
        List<IntakeRecord> reports = TopicReader.await(
                Topics.ACCOUNTING,
                IntakeRecord.parser(),
                each -> each.getTenant().equals(home.tenant()),
                1);
        assertThat(reports.stream()
                        .flatMap(each -> each.getRefusedList().stream())
                        .filter(refusal -> refusal.getReason().equals("rate_limited"))
                        .mapToLong(io.pentameter.contracts.v1.Refusal::getRequests)
                        .sum())
                .isEqualTo(2);
        assertThat(reports).allSatisfy(each -> {
            assertThat(each.getKeyId()).isEqualTo(Gateway.keyId(limited));
            assertThat(each.getReceived()).isZero();
            assertThat(each.getRoute()).isEqualTo("/v1/traces");
        });
    }

    private static String limitedKey(Gateway.Home home, Map<String, Object> limits) {
        return expect(
                        201,
                        call(
                                "POST",
                                "/api/v1/keys",
                                home.admin(),
                                Map.of("name", "limited", "scopes", List.of("ingest"), "limits", limits)))
                .json()
                .get("key")
                .asText();
    }

    private static Gateway.Answer traces(String key) {
        return send(
                "POST",
                "/v1/traces",
                BodyPublishers.ofString("0123456789"),
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                "application/json");
    }
}
