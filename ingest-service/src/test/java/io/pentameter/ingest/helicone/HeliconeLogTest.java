package io.pentameter.ingest.helicone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.Mutations;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.Vendors;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeliconeLogTest {

    @Test
    void aLoggedCallHasItsTokensAndWhatTheHeadersSay() {
        SpanRecord call = record(
                "helicone-helpers/01.json",
                Map.of(
                        "helicone-user-id", "user-1",
                        "helicone-session-id", "sess-1",
                        "helicone-session-path", "/a/b",
                        "helicone-property-tenant", "a",
                        "helicone-prompt-id", "p1",
                        "helicone-auth", "Bearer secret"));

        assertThat(call.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(call.getIsRequest()).isTrue();
        assertThat(call.getDurationNs()).isEqualTo(72_000_000);
        assertThat(call.getUsage().getInUncached()).isEqualTo(56);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(64);
        assertThat(call.getUsage().getOutReasoning()).isEqualTo(20);
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(40_200);
        assertThat(call.getDimensions().getUser()).isEqualTo("user-1");
        assertThat(call.getDimensions().getSession()).isEqualTo("sess-1");
        assertThat(call.getDimensions().getPromptName()).isEqualTo("p1");
        assertThat(call.getDimensions().getRequestedModel()).isEqualTo("gpt-4o-mini");
        assertThat(call.getDimensions().getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(call.getAttributesMap())
                .containsEntry("helicone.property.tenant", "a")
                .containsEntry("helicone.session.path", "/a/b");
        assertThat(call.toString()).doesNotContain("secret");
        assertThat(call.getPayload().getOutput()).contains("The capital of France is Paris.");
    }

    @Test
    void theChunksOfAStreamArePutTogether() {
        SpanRecord call = record("helicone-helpers/03.json", Map.of());

        assertThat(call.getPayload().getOutput()).isEqualTo("The capital of France is Paris.");
        assertThat(call.getPayload().getFinishReason()).isEqualTo("stop");
        assertThat(call.getUsage().getInUncached()).isEqualTo(56);
        assertThat(call.getTtftNs()).isEqualTo(14_000_000);
    }

    /** What HeliconeManualLogger 1.8.3 sends after setError: its own 500 and the stack. */
    @Test
    void whatTheLoggerSawThrownTellsTheFailureRatherThanTheStatusItInvents() {
        SpanRecord call = Vendors.records(read("""
                {"providerRequest":{"json":{"model":"gpt-4o-mini","messages":[]}},
                 "providerResponse":{"status":500,"json":{},"textBody":"Error: 429 Rate limit reached for gpt-4o-mini.\\n    at APIError.generate (error.js:45:20)"},
                 "timing":{"startTime":{"seconds":1795180627,"milliseconds":0},"endTime":{"seconds":1795180628,"milliseconds":0}}}""")).getFirst();

        assertThat(call.getOutcome().getError()).isTrue();
        assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(call.getOutcome().getHttpStatus()).isZero();
    }

    @Test
    void aToolIsATool() {
        SpanRecord tool = record("helicone-helpers/04.json", Map.of());

        assertThat(tool.getKind()).isEqualTo(SpanKind.SPAN_KIND_TOOL);
        assertThat(tool.getName()).isEqualTo("get_weather");
    }

    @Test
    void theInputOfAnthropicNeverHasTheCachedTokensInIt() {
        SpanRecord call = Vendors.records(read("""
                {"providerRequest":{"json":{"model":"claude-3-5-sonnet-20241022","messages":[]}},
                 "providerResponse":{"status":200,"json":{"type":"message","model":"claude-3-5-sonnet-20241022",
                  "content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn",
                  "usage":{"input_tokens":2000,"output_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":20}}},
                 "timing":{"startTime":{"seconds":1795180627,"milliseconds":0},"endTime":{"seconds":1795180628,"milliseconds":0}}}""")).getFirst();

        assertThat(call.getUsage().getInUncached()).isEqualTo(2000);
        assertThat(call.getUsage().getInCacheRead()).isEqualTo(100);
        assertThat(call.getUsage().getInCacheWrite5M()).isEqualTo(20);
        assertThat(call.getDimensions().getProvider()).isEqualTo("anthropic");
    }

    @Test
    void anErrorOfTheProviderIsAnError() {
        SpanRecord call = Vendors.records(read("""
                {"providerRequest":{"json":{"model":"gpt-4o-mini","messages":[]}},
                 "providerResponse":{"status":429,"json":{"error":{"message":"Rate limit reached"}}},
                 "timing":{"startTime":{"seconds":1795180627,"milliseconds":0},"endTime":{"seconds":1795180627,"milliseconds":9}}}""")).getFirst();

        assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(call.getOutcome().getHttpStatus()).isEqualTo(429);
    }

    @Test
    void aLogThatIsSentAgainIsTheSameSpan() {
        assertThat(record("helicone-helpers/01.json", Map.of()).getSpanId())
                .isEqualTo(record("helicone-helpers/01.json", Map.of()).getSpanId())
                .isNotEqualTo(record("helicone-helpers/03.json", Map.of()).getSpanId());
    }

    @Test
    void aLogWithoutTimesIsRefusedByName() {
        assertThat(read("{\"providerRequest\":{},\"providerResponse\":{},\"timing\":{}}")
                        .spans()
                        .getFirst()
                        .unreadable())
                .contains("timing.startTime and timing.endTime");
        assertThatThrownBy(() -> read("{}")).isInstanceOf(UndecodableException.class);
    }

    private static SpanRecord record(String capture, Map<String, String> headers) {
        VendorInput input = new HeliconeLog().read(Vendors.request(Map.of(), headers), Vendors.captured(capture));
        return Vendors.records(input).getFirst();
    }

    private static VendorInput read(String body) {
        return new HeliconeLog().read(Vendors.request(), Vendors.utf8(body));
    }

    @Test
    void brokenBodiesAreRefusedInWords() {
        for (String capture : new String[] {"01", "02", "03", "04"}) {
            byte[] body = Vendors.captured("helicone-helpers/" + capture + ".json");
            assertThat(Mutations.run(new HeliconeLog(), body, Map.of(), 500)).isBetween(100, 499);
        }
    }
}
