package io.pentameter.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aWebhookSaysWhatChangedWhyAndWhatToDo() {
        JsonNode body = parse(WebhookMessage.of(notice("p95 latency", "1. Look.")));

        assertThat(body.path("type").asText()).isEqualTo("alert.firing");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-11-21T12:00:00Z");
        JsonNode data = body.path("data");
        assertThat(data.path("value").decimalValue()).isEqualTo(new BigDecimal("2345.5"));
        assertThat(data.path("threshold").intValue()).isEqualTo(2000);
        assertThat(data.path("sample").longValue()).isEqualTo(321);
        assertThat(data.path("window").asText()).isEqualTo("PT5M");
        assertThat(data.path("group").path("feature").asText()).isEqualTo("search <b>");
        assertThat(data.path("runbook").asText()).isEqualTo("1. Look.");
        assertThat(data.path("owner").asText()).isEqualTo("on-call");
        assertThat(data.path("links").path("alert").asText()).endsWith("/alerts/alert_1");
    }

    @Test
    void theLargestWebhookIsBelowTwentyKilobytes() {
        String body = WebhookMessage.of(notice("\u0001".repeat(200), "\u20ac".repeat(4_000)));

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(20_000);
    }

    @Test
    void slackTextIsEscapedSoThatANameIsNoMention() {
        String body = SlackMessage.of(notice("<!channel> & <https://evil|click>", "a < b & c > d"));

        JsonNode parsed = parse(body);
        assertThat(parsed.path("text").asText())
                .isEqualTo("WARNING: &lt;!channel&gt; &amp; &lt;https://evil|click&gt; (feature = search &lt;b&gt;)");
        assertThat(body).contains("a &lt; b &amp; c &gt; d", "search &lt;b&gt;");
    }

    @Test
    void slackTextsKeepToTheLimits() {
        JsonNode body = parse(SlackMessage.of(notice("x".repeat(400), "<".repeat(4_000))));

        for (JsonNode block : body.path("blocks")) {
            if (block.path("type").asText().equals("header")) {
                assertThat(block.path("text").path("text").asText()).hasSizeLessThanOrEqualTo(150);
            } else {
                assertThat(block.path("text").path("text").asText()).hasSizeLessThanOrEqualTo(3_000);
            }
            assertThat(block.path("fields")).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void cuttingLeavesNoHalfEntityAndNoHalfCharacter() {
        assertThat(SlackMessage.escaped("ab<", 6)).isEqualTo("ab&lt;");
        assertThat(SlackMessage.escaped("ab<", 5)).isEqualTo("ab…");
        assertThat(SlackMessage.escaped("ab<c", 6)).isEqualTo("ab…");
        assertThat(SlackMessage.escaped("a\uD83D\uDE00b\uD83D\uDE00", 4)).isEqualTo("a\uD83D\uDE00…");
        assertThat(SlackMessage.escaped("abc", 3)).isEqualTo("abc");
    }

    private static Notice notice(String name, String runbook) {
        return new Notice(
                Notice.Kind.FIRING,
                NOON,
                new Notice.Episode(
                        "acme",
                        "alert_1",
                        "f".repeat(32),
                        Map.of("feature", "search <b>"),
                        NOON,
                        null,
                        "http://localhost:4300/api/v1/alerts/alert_1"),
                new Notice.Source(
                        "rule_1", name, "warning", "on-call", runbook, "latency_p95 > 2000 ms", Duration.ofMinutes(5)),
                new Notice.Figures(
                        "latency_p95", ">", new BigDecimal("2345.5"), new BigDecimal("2000"), 321, "requests"));
    }

    private static JsonNode parse(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
