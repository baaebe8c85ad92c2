package io.pentameter.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PricingTest {

    private static final PriceBook BOOK = PriceBooks.shipped();
    private static final PriceList LIST = PriceList.of(BOOK);
    private static final String NOVEMBER = "2026-11-20T12:00:00Z";

    /** Prices per million from the data files, amounts worked out by hand. */
    static Stream<Arguments> calls() {
        return Stream.of(
                // 0.15 × 56/1e6 + 0.075 × 64/1e6 + 0.60 × 45/1e6 = 0.0000084 + 0.0000048 + 0.000027
                argumentSet(
                        "gpt-4o-mini, cached",
                        "openai",
                        "gpt-4o-mini-2024-07-18",
                        NOVEMBER,
                        usage(56, 64, 0, 0, 25, 20),
                        "0.0000402",
                        "openai/gpt-4o-mini"),
                // 3 × 1000/1e6 + 3.75 × 2000/1e6 + 6 × 3000/1e6 + 0.30 × 4000/1e6 + 15 × 500/1e6
                argumentSet(
                        "Sonnet 4.5, both lifetimes of the cache",
                        "anthropic",
                        "claude-sonnet-4-5-20250929",
                        NOVEMBER,
                        usage(1000, 4000, 2000, 3000, 500, 0),
                        "0.0372",
                        "anthropic/claude-sonnet-4-5"),
                // over 200,000 input tokens the whole call is billed at 6 and 22.50: 6 × 0.2 + 0.6 × 0.001 + 22.5 ×
                // 0.001
                argumentSet(
                        "Sonnet 4.5, long context",
                        "anthropic",
                        "claude-sonnet-4-5",
                        NOVEMBER,
                        usage(200_000, 1000, 0, 0, 1000, 0),
                        "1.2231",
                        "anthropic/claude-sonnet-4-5"),
                // exactly 200,000 is not above
                argumentSet(
                        "Sonnet 4.5, at the step",
                        "anthropic",
                        "claude-sonnet-4-5",
                        NOVEMBER,
                        usage(199_000, 1000, 0, 0, 1000, 0),
                        "0.6123",
                        "anthropic/claude-sonnet-4-5"),
                // $2 and $10 until the end of August 2026, $3 and $15 from September
                argumentSet(
                        "Sonnet 5 in August",
                        "anthropic",
                        "claude-sonnet-5",
                        "2026-08-31T23:59:59Z",
                        usage(1_000_000, 0, 0, 0, 100_000, 0),
                        "3",
                        "anthropic/claude-sonnet-5"),
                argumentSet(
                        "Sonnet 5 in September",
                        "anthropic",
                        "claude-sonnet-5",
                        "2026-09-01T00:00:00Z",
                        usage(1_000_000, 0, 0, 0, 100_000, 0),
                        "4.5",
                        "anthropic/claude-sonnet-5"),
                // 1.25 × 0.1 + 10 × 0.01; thoughts cost as much as output
                argumentSet(
                        "Gemini on Vertex",
                        "gcp.vertex_ai",
                        "gemini-2.5-pro",
                        NOVEMBER,
                        usage(100_000, 0, 0, 0, 4000, 6000),
                        "0.225",
                        "google/gemini-2.5-pro"),
                // Azure names what it resells by the maker's name: 2.5 × 0.001 + 10 × 0.0001
                argumentSet(
                        "gpt-4o on Azure",
                        "azure.ai.openai",
                        "gpt-4o-2024-08-06",
                        NOVEMBER,
                        usage(1000, 0, 0, 0, 100, 0),
                        "0.0035",
                        "openai/gpt-4o"),
                argumentSet(
                        "an embedding",
                        "openai",
                        "text-embedding-3-small",
                        NOVEMBER,
                        usage(7, 0, 0, 0, 0, 0),
                        "0.00000014",
                        "openai/text-embedding-3-small"),
                argumentSet(
                        "no provider, but a telling name",
                        "",
                        "claude-haiku-4-5",
                        NOVEMBER,
                        usage(1000, 0, 0, 0, 1000, 0),
                        "0.006",
                        "anthropic/claude-haiku-4-5"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void costsWhatTheBookSays(String provider, String model, String at, Usage usage, String dollars, String priceId) {
        Cost cost = Pricing.cost(LIST, call(provider, model, at, usage));

        assertThat(cost.getKnown()).as("%s", cost).isTrue();
        assertThat(BigDecimal.valueOf(cost.getTotalNanoUsd(), 9)).isEqualByComparingTo(dollars);
        assertThat(cost.getPriceId()).isEqualTo(priceId);
        assertThat(cost.getPriceVersion()).matches("2026-08-21\\.[0-9a-f]{8}");
    }

    static Stream<Arguments> tiers() {
        return Stream.of(
                // LiteLLM: gpt-5 flex 0.625 and 5, priority 2.50 and 20 a million; both sources agree on 1.25 and 10
                argumentSet("standard", "default", "0.01125"),
                argumentSet("flex", "flex", "0.005625"),
                argumentSet("priority", "priority", "0.0225"),
                argumentSet("batch is half where nothing else is said", "batch", "0.005625"));
    }

    @ParameterizedTest
    @MethodSource("tiers")
    void serviceTiersHaveTheirOwnPrices(String tier, String dollars) {
        Usage usage =
                usage(1000, 0, 0, 0, 1000, 0).toBuilder().setServiceTier(tier).build();

        Cost cost = Pricing.cost(LIST, call("openai", "gpt-5", NOVEMBER, usage));

        assertThat(BigDecimal.valueOf(cost.getTotalNanoUsd(), 9)).isEqualByComparingTo(dollars);
    }

    static Stream<Arguments> unknowns() {
        return Stream.of(
                argumentSet("a model that the book lacks", "openai", "gpt-99-ultra", "", "model_unknown"),
                argumentSet("a model of one's own", "vllm", "llama-local", "", "provider_unknown"),
                argumentSet("no model", "openai", "", "", "model_missing"),
                argumentSet("no provider and a name that tells nothing", "", "my-model", "", "model_unknown"),
                argumentSet("a tier without a price", "openai", "gpt-4o-mini", "scale", "service_tier_unknown"),
                argumentSet(
                        "flex where there is none", "anthropic", "claude-haiku-4-5", "flex", "service_tier_unknown"),
                argumentSet("a model without prices", "openai", "omni-moderation-latest", "", "model_unknown"));
    }

    @ParameterizedTest
    @MethodSource("unknowns")
    void whatIsNotKnownIsNeverZero(String provider, String model, String tier, String reason) {
        Usage usage =
                usage(1000, 0, 0, 0, 1000, 0).toBuilder().setServiceTier(tier).build();

        Cost cost = Pricing.cost(LIST, call(provider, model, NOVEMBER, usage));

        assertThat(cost.getKnown()).isFalse();
        assertThat(cost.getUnknownReason()).isEqualTo(reason);
        assertThat(cost.getComponentsCount()).isZero();
    }

    @Test
    void aRequestedModelIsPricedWhereTheAnsweringOneIsNotInTheBook() {
        Cost cost = Pricing.cost(
                LIST,
                new PricedCall(
                        "openai", "gpt-4o-mini-private-7", "gpt-4o-mini", ns(NOVEMBER), usage(1000, 0, 0, 0, 0, 0)));

        assertThat(cost.getTotalNanoUsd()).isEqualTo(150_000);
    }

    @Test
    void litellmHasModelsThatTheFirstSourceLacks() {
        Cost cost = Pricing.cost(LIST, call("groq", "llama3-8b-8192", NOVEMBER, usage(1000, 0, 0, 0, 0, 0)));

        assertThat(cost.getKnown()).as("%s", cost).isTrue();
    }

    @Test
    void componentsShowTheirUnitPriceAsPlainText() {
        Cost cost = Pricing.cost(LIST, call("openai", "gpt-4.1-nano", NOVEMBER, usage(3, 1, 0, 0, 0, 0)));

        assertThat(cost.getComponentsList())
                .contains(CostComponent.newBuilder()
                        .setBucket("in_uncached")
                        .setUnits(3)
                        .setNanoUsdPerUnit("100")
                        .setNanoUsd(300)
                        .build());
    }

    @Test
    void componentsAreRoundedHalfToEven() {
        assertThat(UnitPrice.of(new BigDecimal("37.5")).amount(1)).isEqualTo(38);
        assertThat(UnitPrice.of(new BigDecimal("36.5")).amount(1)).isEqualTo(36);
        assertThat(UnitPrice.of(new BigDecimal("0.022")).amount(3)).isZero();
        assertThat(UnitPrice.of(new BigDecimal("1E+3")).text()).isEqualTo("1000");
    }

    @Test
    void totalsAreTheExactSumsOfComponents() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            Usage usage = usage(
                    random.nextInt(300_000),
                    random.nextInt(1000),
                    random.nextInt(1000),
                    random.nextInt(1000),
                    random.nextInt(10_000),
                    random.nextInt(1000));

            Cost cost = Pricing.cost(LIST, call("anthropic", "claude-sonnet-4-5", NOVEMBER, usage));

            assertThat(cost.getComponentsList().stream()
                            .mapToLong(CostComponent::getNanoUsd)
                            .sum())
                    .isEqualTo(cost.getTotalNanoUsd());
        }
    }

    @Test
    void aLookUpThatIsRepeatedGivesTheSameObject() {
        assertThat(BOOK.find("openai", "gpt-4o")).isSameAs(BOOK.find("openai", "gpt-4o"));
    }

    private static PricedCall call(String provider, String model, String at, Usage usage) {
        return new PricedCall(provider, model, "", ns(at), usage);
    }

    private static long ns(String at) {
        return Instant.parse(at).getEpochSecond() * 1_000_000_000L;
    }

    private static Usage usage(long uncached, long cacheRead, long write5m, long write1h, long text, long reasoning) {
        return Usage.newBuilder()
                .setInUncached(uncached)
                .setInCacheRead(cacheRead)
                .setInCacheWrite5M(write5m)
                .setInCacheWrite1H(write1h)
                .setOutText(text)
                .setOutReasoning(reasoning)
                .build();
    }
}
