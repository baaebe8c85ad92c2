package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.aggregation;
import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.count;
import static io.pentameter.alert.story.Story.eventually;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newRule;
import static io.pentameter.alert.story.Story.newTenant;
import static io.pentameter.alert.story.Story.newWebhook;
import static io.pentameter.alert.story.Story.pass;
import static io.pentameter.alert.story.Story.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class AlertStoryTest {

    private static final Map<String, Object> BAD = Map.of("error_rate", 0.2, "requests", 500);
    private static final Map<String, Object> GOOD = Map.of("error_rate", 0.001, "requests", 500);
    private static final Duration STEP = Duration.ofSeconds(5);

    @Test
    void aBadTenantIsToldOnceHoweverOftenTheRuleIsLookedAt() {
        String bad = newTenant();
        String good = newTenant();
        aggregation().numbers(bad, BAD);
        aggregation().numbers(good, GOOD);
        try (Receiver receiver = Receiver.content()) {
            newWebhook(bad, receiver);
            newWebhook(good, receiver);
            String rule = newRule(bad, Story.errorRule());
            String other = newRule(good, Story.errorRule());

            for (int i = 0; i < 5; i++) {
                pass(STEP, bad, rule);
            }
            pass(STEP, good, other);

            eventually(() -> !receiver.received().isEmpty());
            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().getFirst().body()).contains("\"type\":\"alert.firing\"", "0.2", rule);
            List<String> states = get(bad, "/api/v1/alerts").extract().path("data.state");
            assertThat(states).containsExactly("firing");
            List<String> others = get(good, "/api/v1/alerts").extract().path("data.state");
            assertThat(others).isEmpty();
        }
    }

    @Test
    void aFiringAlertIsResolvedWhenTheValueIsBackAndThenFiresAnew() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver = Receiver.content()) {
            newWebhook(tenant, receiver);
            String rule = newRule(tenant, Story.errorRule());
            pass(STEP, tenant, rule);

            aggregation().numbers(tenant, GOOD);
            pass(STEP, tenant, rule);
            aggregation().numbers(tenant, BAD);
            pass(STEP, tenant, rule);

            eventually(() -> receiver.received().size() == 3);
            assertThat(receiver.received())
                    .extracting(one -> one.body().substring(9, one.body().indexOf(',') - 1))
                    .containsExactly("alert.firing", "alert.resolved", "alert.firing");
            List<String> states = get(tenant, "/api/v1/alerts").extract().path("data.state");
            assertThat(states).containsExactly("firing", "resolved");
        }
    }

    @Test
    void aNoticeWhoseSenderDiedIsSentAgainWithTheSameId() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver =
                new Receiver(number -> number == 1 ? Receiver.Answer.never() : Receiver.Answer.of(200))) {
            String destination = newWebhook(tenant, receiver);
            String rule = newRule(tenant, Story.errorRule());
            pass(STEP, tenant, rule);
            eventually(() -> receiver.received().size() == 1);

            sql("update alert.delivery set next_at = now() - interval '1 second' where tenant = '" + tenant + "'");
            pass(STEP, tenant, rule);

            eventually(() -> "delivered"
                    .equals(get(tenant, "/api/v1/destinations/" + destination + "/deliveries")
                            .extract()
                            .path("data[0].state")));
            assertThat(receiver.received())
                    .extracting(one -> one.headers().get("webhook-id"))
                    .hasSize(2)
                    .containsOnly(receiver.received().getFirst().headers().get("webhook-id"));
            assertThat(count("select count(*) from alert.delivery where tenant = '" + tenant + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aStateChangeThatCannotBeToldOfDoesNotHappen() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver = Receiver.content()) {
            newWebhook(tenant, receiver);
            sql(
                    "create function alert.refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
            sql("create trigger refuse before insert on alert.delivery for each row when (new.tenant = '" + tenant
                    + "') execute function alert.refuse()");
            int asked = aggregation().questions().size();
            String rule = newRule(tenant, Story.errorRule());
            eventually(() -> aggregation().questions().size() > asked + 3);
            assertThat(count("select count(*) from alert.alert where tenant = '" + tenant + "'"))
                    .isZero();

            sql("drop trigger refuse on alert.delivery");
            sql("drop function alert.refuse()");
            pass(STEP, tenant, rule);

            eventually(() -> receiver.received().size() == 1);
        }
    }

    @Test
    void anAlertIsAcknowledgedOnce() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        String rule = newRule(tenant, Story.errorRule());
        pass(STEP, tenant, rule);
        String alert = get(tenant, "/api/v1/alerts?state=firing").extract().path("data[0].id");

        String by = Story.post(tenant, "/api/v1/alerts/" + alert + "/acknowledge", Map.of("note", "looking"))
                .statusCode(200)
                .extract()
                .path("acknowledgedBy");

        assertThat(by).isEqualTo("a key");
        as(tenant, Scope.READ)
                .post("/api/v1/alerts/" + alert + "/acknowledge")
                .then()
                .statusCode(403);
    }
}
