package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Costs that other tools got wrong, as their users reported them, and the right answer worked out by hand from the prices of
 * November 2026 (nano-dollars a token: gpt-4o-mini 150 in, 75 cached, 600 out; Claude Sonnet 4.6 3,000 in, 300 cache read,
 * 3,750 cache write, 15,000 out; Gemini 2.5 Pro above 200,000 input tokens 2,500 in, 15,000 out).
 */
class WrongCostReportsTest {

    private static final String SPAN = "0000000000000001";

    /** Counted 260,421 input tokens: the cached ones once more. It is 5 + 128,955 + 1,253 = 130,213. */
    @Test
    void langfuse12306InputThatHoldsTheCacheIsNotIncreasedByIt() {
        SpanRecord span = record(pydanticAi("gen_ai.usage.cache_read_tokens", "gen_ai.usage.cache_write_tokens"));

        assertThat(inputs(span)).containsExactly(5L, 128_955L, 1_253L);
        assertThat(span.getUsage().getReportedInput()).isEqualTo(130_213);
        // 5 × 3,000 + 128,955 × 300 + 1,253 × 3,750 + 100 × 15,000
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(15_000 + 38_686_500 + 4_698_750 + 1_500_000);
    }

    /** A comment under it, and Langfuse 17117: other spellings of the same counts. */
    @Test
    void langfuse12306InEachSpellingOfTheCacheCounts() {
        String[][] spellings = {
            {"gen_ai.usage.details.cache_read_tokens", "gen_ai.usage.details.cache_write_tokens"},
            {"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_write.input_tokens"},
            {"gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_creation.input_tokens"},
            {"gen_ai.usage.cache_read_input_tokens", "gen_ai.usage.cache_creation_input_tokens"},
            {"gen_ai.usage.input_cached_tokens", "gen_ai.usage.input_cache_creation"}
        };

        for (String[] spelling : spellings) {
            assertThat(inputs(record(pydanticAi(spelling[0], spelling[1]))))
                    .as("%s, %s", spelling[0], spelling[1])
                    .containsExactly(5L, 128_955L, 1_253L);
        }
    }

    /** Showed 35,720 input tokens. It is 86 + 17,817 = 17,903, as OpenRouter said. */
    @Test
    void langfuse10592CachedTokensAreWithinTheInputIfTheTotalSaysSo() {
        SpanRecord span = record(langfuse(
                "gpt-4o-mini", "{\"input\":17903,\"output\":100,\"total\":18003,\"input_cached_tokens\":17817}"));

        assertThat(inputs(span)).containsExactly(86L, 17_817L, 0L);
        // 86 × 150 + 17,817 × 75 + 100 × 600
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(12_900 + 1_336_275 + 60_000);
        assertThat(span.getUsage().getReading()).isEqualTo("inclusive");
    }

    /** Showed 3,791 tokens. It is 1,999 with 1,792 of them cached. */
    @Test
    void langfuse5568TheSecondOfTwoEqualRequestsIsCheaperAndNotLarger() {
        SpanRecord first =
                record(langfuse("gpt-4o-mini", "{\"input\":1999,\"output\":50,\"total\":2049,\"input_cache_read\":0}"));
        SpanRecord second = record(
                langfuse("gpt-4o-mini", "{\"input\":1999,\"output\":50,\"total\":2049,\"input_cache_read\":1792}"));

        assertThat(inputs(first)).containsExactly(1_999L, 0L, 0L);
        assertThat(inputs(second)).containsExactly(207L, 1_792L, 0L);
        // 207 × 150 + 1,792 × 75 + 50 × 600
        assertThat(second.getCost().getTotalNanoUsd()).isEqualTo(31_050 + 134_400 + 30_000);
    }

    /** Billed the prompt again although LangChain answered it from its own cache. Nobody bills that. */
    @Test
    void langfuse2112AnAnswerFromTheClientsOwnCacheCostsNothing() {
        SpanRecord span = record(langfuse("gpt-4o-mini", "{\"input\":20,\"output\":500,\"total\":520}")
                .addAttributes(Otlp.text("langfuse.observation.metadata.cache_hit", "true")));

        assertThat(span.getCost().getKnown()).isTrue();
        assertThat(span.getCost().getTotalNanoUsd()).isZero();
        assertThat(span.getUsage().getSource()).isEqualTo(UsageSource.USAGE_SOURCE_CLIENT_CACHE);
        assertThat(span.getUsage().getReportedInput()).isEqualTo(20);
        assertThat(span.getUsage().getReportedOutput()).isEqualTo(500);
        assertThat(inputs(span)).containsExactly(0L, 0L, 0L);
        assertThat(span.getUsage().getOutText()).isZero();
    }

    /** Ignored the price above 200,000 tokens: about half of what Google bills, for the whole prompt and not only the rest. */
    @Test
    void opik6982ALongPromptIsBilledAtThePriceOfLongPrompts() {
        SpanRecord span = record(Otlp.span(SPAN)
                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                .addAttributes(Otlp.text("gen_ai.provider.name", "gcp.gemini"))
                .addAttributes(Otlp.text("gen_ai.request.model", "gemini-2.5-pro"))
                .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 300_000))
                .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 1_000)));

        // 300,000 × 2,500 + 1,000 × 15,000; at the base price it would be 385,000,000
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(750_000_000 + 15_000_000);
    }

    /** Took the cache reads out of the input and left the cache writes in, so that Langfuse counted the writes twice. */
    @Test
    void litellm26919WritesThatWereLeftInTheInputAreCountedOnce() {
        // 9 fresh + 17,102 written = 17,111 in "input"; 5,000 read beside it; the total is the provider's own
        SpanRecord span = record(langfuse(
                "claude-sonnet-4-6",
                "{\"input\":17111,\"output\":40,\"total\":22151,\"cache_creation_input_tokens\":17102,"
                        + "\"cache_read_input_tokens\":5000}"));

        assertThat(inputs(span)).containsExactly(9L, 5_000L, 17_102L);
        assertThat(span.getUsage().getReading()).isEqualTo("exclusive:cache_read");
        // 9 × 3,000 + 5,000 × 300 + 17,102 × 3,750 + 40 × 15,000
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(27_000 + 1_500_000 + 64_132_500 + 600_000);
    }

    /** Once LiteLLM subtracts both, or a client sends Anthropic's own counts: everything is beside the input. */
    @Test
    void anthropicsOwnCountsAreReadAsTheyAreMeantWithAndWithoutATotal() {
        String counts = "\"input_tokens\":9,\"output_tokens\":40,\"cache_creation_input_tokens\":17102,"
                + "\"cache_read_input_tokens\":5000";

        SpanRecord without = record(langfuse("claude-sonnet-4-6", "{" + counts + "}"));
        SpanRecord with = record(langfuse("claude-sonnet-4-6", "{" + counts + ",\"total\":22151}"));

        assertThat(inputs(without)).containsExactly(9L, 5_000L, 17_102L);
        assertThat(inputs(with)).containsExactly(9L, 5_000L, 17_102L);
    }

    /** LangSmith 2519: 39,000 cached tokens beside 19, and a total that left them out; the 19 were charged nothing. */
    @Test
    void langsmith2519ATotalThatLeavesTheCacheOutDoesNotMakeItDisappear() {
        SpanRecord span = record(Otlp.span(SPAN)
                .addAttributes(Otlp.text("langsmith.span.kind", "llm"))
                .addAttributes(Otlp.text("gen_ai.system", "anthropic"))
                .addAttributes(Otlp.text("gen_ai.request.model", "claude-sonnet-4-6"))
                .addAttributes(Otlp.text(
                        "langsmith.usage_metadata",
                        "{\"input_tokens\":19,\"output_tokens\":45,\"total_tokens\":64,"
                                + "\"input_token_details\":{\"cache_read\":39000}}")));

        assertThat(inputs(span)).containsExactly(19L, 39_000L, 0L);
        // 19 × 3,000 + 39,000 × 300 + 45 × 15,000
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(57_000 + 11_700_000 + 675_000);
        assertThat(span.getWarningsList()).containsExactly("usage_total_mismatch");
        assertThat(span.getUsage().getReading()).isEqualTo("assumed_exclusive");
    }

    @Test
    void aClientsCostOfZeroWithTokensIsUnknownAndItsOtherCostsAreKeptApart() {
        SpanRecord zero = record(langfuse("some-own-model", "{\"input\":10,\"output\":5,\"total\":15}")
                .addAttributes(
                        Otlp.text("langfuse.observation.cost_details", "{\"input\":0,\"output\":0,\"total\":0}")));
        SpanRecord claimed = record(langfuse("some-own-model", "{\"input\":10,\"output\":5,\"total\":15}")
                .addAttributes(Otlp.text("langfuse.observation.cost_details", "{\"input\":0.001,\"output\":0.002}")));

        assertThat(zero.getCost().getKnown()).isFalse();
        assertThat(zero.getCost().hasClientNanoUsd()).isFalse();
        assertThat(claimed.getCost().getKnown()).isFalse();
        assertThat(claimed.getCost().getClientNanoUsd()).isEqualTo(3_000_000);
        assertThat(claimed.getCost().getClientReportedIn()).isEqualTo("langfuse.observation.cost_details#input");
    }

    private static Span.Builder pydanticAi(String cacheRead, String cacheWrite) {
        return Otlp.span(SPAN)
                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                .addAttributes(Otlp.text("gen_ai.system", "anthropic"))
                .addAttributes(Otlp.text("gen_ai.request.model", "claude-sonnet-4-6"))
                .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 130_213))
                .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 100))
                .addAttributes(Otlp.whole(cacheRead, 128_955))
                .addAttributes(Otlp.whole(cacheWrite, 1_253));
    }

    private static Span.Builder langfuse(String model, String usage) {
        return Otlp.span(SPAN)
                .addAttributes(Otlp.text("langfuse.observation.type", "generation"))
                .addAttributes(Otlp.text("langfuse.observation.model.name", model))
                .addAttributes(Otlp.text("langfuse.observation.usage_details", usage));
    }

    private static List<Long> inputs(SpanRecord span) {
        Usage usage = span.getUsage();
        return List.of(usage.getInUncached(), usage.getInCacheRead(), usage.getInCacheWrite5M());
    }

    private static SpanRecord record(Span.Builder span) {
        return Captures.parsed(Captures.pipeline()
                        .process(Otlp.request(span).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW))
                .getFirst();
    }
}
