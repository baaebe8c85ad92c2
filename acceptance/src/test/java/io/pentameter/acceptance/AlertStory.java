package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On-call is paged once for a feature that fails, by a notice whose signature is right; the other tenant is not. */
@ExtendWith(RunningStack.Extension.class)
class AlertStory {

    private static final int CALLS = 40;

    private final RunningStack stack;

    AlertStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aFailingFeatureIsReportedExactlyOnceWithAValidSignature() throws GeneralSecurityException {
        String feature = Spans.unique("failing");
        try (Receiver receiver = Receiver.start()) {
            Client admin = stack.admin();
            JsonNode destination = admin.post(
                            "/api/v1/destinations",
                            "{\"name\":\"%s\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(feature, receiver.url()))
                    .json();
            Answer rule = admin.post("/api/v1/rules", """
                    {"name":"%s errors","measure":"error_rate","op":">","threshold":0.2,"window":"PT5M","interval":"PT5S",
                     "for":"PT0S","groupBy":["feature"],"filters":[{"dimension":"feature","op":"eq","value":"%s"}],
                     "minSample":20,"severity":"critical","owner":"on-call","runbook":"Look at the provider.",
                     "destinations":["%s"]}""".formatted(
                            feature, feature, destination.get("id").asText()));
            assertThat(rule.status()).as(rule.text()).isEqualTo(201);

            fail(feature);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !receiver.deliveries(feature).isEmpty());
            Receiver.Delivery delivery = receiver.deliveries(feature).getFirst();
            assertThat(delivery.signature().split(" "))
                    .contains(signature(delivery, destination.get("secret").asText()));
            // two further evaluations must not notify again
            await().pollDelay(Duration.ofSeconds(12))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> true);
            assertThat(receiver.deliveries(feature)).hasSize(1);
            assertThat(admin.get("/api/v1/alerts?state=firing").text()).contains(feature);
            assertThat(stack.otherAdmin().get("/api/v1/alerts").text()).doesNotContain(feature);
        }
    }

    @Test
    void everyTenantHasThePresetPack() {
        for (Client admin : List.of(stack.admin(), stack.otherAdmin())) {
            JsonNode rules = await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> admin.get("/api/v1/rules").json(),
                            found -> found.findValuesAsText("measure").size() >= 5);
            assertThat(rules.findValuesAsText("measure"))
                    .contains("latency_p95", "error_rate", "cost_usd", "thumbs_down_rate", "invoice_variance");
        }
    }

    private void fail(String feature) {
        Instant now = Instant.now();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Span.Builder span = Spans.chat(now.minusSeconds(2 + i), Duration.ofSeconds(1))
                    .addAttributes(Spans.text("pentameter.feature", feature));
            if (i % 2 == 0) {
                span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                        .addAttributes(Spans.text("error.type", "500"));
            }
            spans.add(span.build());
        }
        assertThat(stack.ingest().export(Spans.request(spans)).status()).isEqualTo(200);
    }

    /** Standard Webhooks: HMAC-SHA256 over id, timestamp and body. */
    private static String signature(Receiver.Delivery delivery, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        byte[] signed = "%s.%s.%s"
                .formatted(delivery.id(), delivery.timestamp(), delivery.body())
                .getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    }
}
