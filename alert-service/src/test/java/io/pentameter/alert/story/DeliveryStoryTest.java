package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.aggregation;
import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.eventually;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newRule;
import static io.pentameter.alert.story.Story.newTenant;
import static io.pentameter.alert.story.Story.newWebhook;
import static io.pentameter.alert.story.Story.pass;
import static io.pentameter.alert.story.Story.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class DeliveryStoryTest {

    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Map<String, Object> BAD = Map.of("error_rate", 0.2, "requests", 500);
    private static final Map<String, Object> GOOD = Map.of("error_rate", 0, "requests", 500);

    @Test
    void aWebhookIsSignedWithItsSecretAndDuringARotationWithBoth() {
        String tenant = newTenant();
        try (Receiver receiver = Receiver.content()) {
            var created = post(
                            tenant,
                            "/api/v1/destinations",
                            Map.of("name", "ops", "kind", "webhook", "url", receiver.url()))
                    .statusCode(201)
                    .extract();
            String id = created.path("id");
            String secret = created.path("secret");
            assertThat((String)
                            get(tenant, "/api/v1/destinations/" + id).extract().path("secret"))
                    .isNull();
            post(tenant, "/api/v1/destinations/" + id + "/test", Map.of()).statusCode(202);
            eventually(() -> receiver.received().size() == 1);
            String newer = post(tenant, "/api/v1/destinations/" + id + "/rotate-secret", Map.of())
                    .statusCode(200)
                    .extract()
                    .path("secret");
            post(tenant, "/api/v1/destinations/" + id + "/test", Map.of()).statusCode(202);
            eventually(() -> receiver.received().size() == 2);

            Receiver.Received first = receiver.received().getFirst();
            Receiver.Received second = receiver.received().getLast();
            assertThat(first.headers().get("webhook-signature")).isEqualTo(signature(first, secret));
            assertThat(second.headers().get("webhook-signature"))
                    .isEqualTo(signature(second, newer) + " " + signature(second, secret));
            assertThat(first.headers().get("webhook-id"))
                    .isNotEqualTo(second.headers().get("webhook-id"));
        }
    }

    @Test
    void aNoticeIsSentAgainAfterAnErrorAndTheResolvedOneWaitsForIt() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver = new Receiver(number -> Receiver.Answer.of(number == 1 ? 500 : 200))) {
            String destination = newWebhook(tenant, receiver);
            String rule = newRule(tenant, Story.errorRule());
            pass(STEP, tenant, rule);
            eventually(() -> receiver.received().size() == 1);
            aggregation().numbers(tenant, GOOD);
            pass(STEP, tenant, rule);

            eventually(() -> receiver.received().size() == 3);

            assertThat(receiver.received())
                    .extracting(one -> one.body().substring(9, one.body().indexOf(',') - 1))
                    .containsExactly("alert.firing", "alert.firing", "alert.resolved");
            assertThat(receiver.received().get(0).headers().get("webhook-id"))
                    .isEqualTo(receiver.received().get(1).headers().get("webhook-id"));
            eventually(() -> List.of("delivered", "delivered").equals(states(tenant, destination)));
        }
    }

    @Test
    void aReceiverThatIsGoneIsDisabled() {
        String tenant = newTenant();
        try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(410))) {
            String destination = newWebhook(tenant, receiver);

            post(tenant, "/api/v1/destinations/" + destination + "/test", Map.of())
                    .statusCode(202);

            eventually(() -> Boolean.FALSE.equals(
                    get(tenant, "/api/v1/destinations/" + destination).extract().path("enabled")));
            String reason =
                    get(tenant, "/api/v1/destinations/" + destination).extract().path("disabledReason");
            assertThat(reason).contains("410");
            assertThat(states(tenant, destination)).containsExactly("failed");
            post(tenant, "/api/v1/destinations/" + destination + "/test", Map.of())
                    .statusCode(409);
        }
    }

    @Test
    void aReceiverThatAsksForPatienceIsLeftAlone() {
        String tenant = newTenant();
        try (Receiver receiver = new Receiver(number ->
                number == 1 ? new Receiver.Answer(429, Map.of("Retry-After", "2")) : Receiver.Answer.of(200))) {
            String destination = newWebhook(tenant, receiver);
            post(tenant, "/api/v1/destinations/" + destination + "/test", Map.of())
                    .statusCode(202);
            eventually(() -> receiver.received().size() == 1);
            eventually(() -> Integer.valueOf(429)
                    .equals(get(tenant, "/api/v1/destinations/" + destination + "/deliveries")
                            .extract()
                            .path("data[0].status")));

            eventually(() -> states(tenant, destination).equals(List.of("delivered")));

            assertThat(receiver.received()).hasSize(2);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        String tenant = newTenant();
        try (Receiver internal = Receiver.content();
                Receiver receiver = new Receiver(_ -> new Receiver.Answer(307, Map.of("Location", internal.url())))) {
            String destination = newWebhook(tenant, receiver);
            post(tenant, "/api/v1/destinations/" + destination + "/test", Map.of())
                    .statusCode(202);

            eventually(() -> get(tenant, "/api/v1/destinations/" + destination + "/deliveries")
                            .extract()
                            .path("data[0].fault")
                    != null);

            String fault = get(tenant, "/api/v1/destinations/" + destination + "/deliveries")
                    .extract()
                    .path("data[0].fault");
            assertThat(fault).contains("307", "redirects are not followed");
            assertThat(internal.received()).isEmpty();
        }
    }

    @Test
    void slackGetsBlocksAndKeepsItsUrlSecret() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
            String url = post(
                            tenant,
                            "/api/v1/destinations",
                            Map.of("name", "channel", "kind", "slack", "url", receiver.url()))
                    .statusCode(201)
                    .extract()
                    .path("url");
            Map<String, Object> definition = Story.errorRule();
            definition.put("name", "Errors <!channel> & more");
            String rule = newRule(tenant, definition);
            pass(STEP, tenant, rule);
            eventually(() -> receiver.received().size() == 1);

            Receiver.Received one = receiver.received().getFirst();
            assertThat(url).doesNotContain("hook");
            assertThat(one.body()).contains("\"blocks\":[", "&lt;!channel&gt; &amp; more");
            assertThat(one.headers()).doesNotContainKey("webhook-signature");
        }
    }

    @Test
    void aDeletedDestinationIsNotCalledAgain() {
        String tenant = newTenant();
        aggregation().numbers(tenant, BAD);
        try (Receiver receiver = Receiver.content()) {
            String destination = newWebhook(tenant, receiver);
            String rule = newRule(tenant, Story.errorRule());
            pass(STEP, tenant, rule);
            eventually(() -> receiver.received().size() == 1);
            as(tenant, Scope.ADMIN)
                    .delete("/api/v1/destinations/" + destination)
                    .then()
                    .statusCode(204);
            aggregation().numbers(tenant, GOOD);
            pass(STEP, tenant, rule);

            String state = get(tenant, "/api/v1/alerts").extract().path("data[0].state");
            assertThat(state).isEqualTo("resolved");
            assertThat(receiver.received()).hasSize(1);
        }
    }

    private static List<String> states(String tenant, String destination) {
        return get(tenant, "/api/v1/destinations/" + destination + "/deliveries")
                .extract()
                .path("data.state");
    }

    private static String signature(Receiver.Received received, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String content = received.headers().get("webhook-id") + "."
                    + received.headers().get("webhook-timestamp") + "." + received.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
