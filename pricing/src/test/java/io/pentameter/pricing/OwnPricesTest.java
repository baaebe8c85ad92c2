package io.pentameter.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one tenant pays differently, with dollars worked out by hand. */
class OwnPricesTest {

    private static final PriceBook BOOK = PriceBooks.shipped();
    private static final long NOVEMBER = LocalDate.parse("2026-11-01").toEpochDay();

    private static final OwnPrices OURS = OwnPrices.newBuilder()
            .addAliases(alias("azure.ai.openai", "prod-chat-7", "openai", "gpt-4o-mini"))
            .addAliases(alias("", "arn:aws:bedrock:eu-west-1:1:application-inference-profile/x1", "", "our-claude"))
            .addAliases(alias("", "our-claude", "anthropic", "claude-haiku-4-5"))
            .addPrices(OwnPrice.newBuilder()
                    .setId("llama")
                    .setModel("llama-local*")
                    .setFromDay(NOVEMBER)
                    .setCurrency("EUR")
                    .putAmounts("in_uncached", "0.20")
                    .putAmounts("out_text", "0.60")
                    .putAmounts("requests", "0.0001"))
            .addDiscounts(OwnDiscount.newBuilder()
                    .setProvider("openai")
                    .setModel("gpt-4o*")
                    .setFromDay(NOVEMBER)
                    .setPercent("15"))
            .addCurrencyRates(CurrencyRate.newBuilder().setCurrency("EUR").setUsd("1.08"))
            .addCurrencyRates(CurrencyRate.newBuilder()
                    .setCurrency("EUR")
                    .setFromDay(NOVEMBER + 14)
                    .setUsd("1.10"))
            .addRegions(ProcessingRegion.newBuilder().setProvider("openai").setRegion("eu"))
            .build();

    private static final PriceList LIST = new PriceList(BOOK, new OwnPriceBook(7, OURS));

    static Stream<Arguments> calls() {
        return Stream.of(
                // a deployment of Azure, at 85 % of 0.15 and 0.60: 0.1275 × 0.001 + 0.51 × 0.0001
                argumentSet(
                        "deployment and discount",
                        "azure.ai.openai",
                        "prod-chat-7",
                        "2026-11-20",
                        1000,
                        100,
                        "0.0001785"),
                // the discount begins in November: 0.15 × 0.001 + 0.60 × 0.0001
                argumentSet("before the discount", "openai", "gpt-4o-mini", "2026-10-31", 1000, 100, "0.00021"),
                // two names in a row; 1 × 0.001 + 5 × 0.0001
                argumentSet(
                        "profile of Bedrock",
                        "aws.bedrock",
                        "arn:aws:bedrock:eu-west-1:1:application-inference-profile/x1",
                        "2026-11-20",
                        1000,
                        100,
                        "0.0015"),
                // euros at 1.08: (0.20 × 0.001 + 0.60 × 0.0001 + 0.0001) × 1.08 = 0.00036 × 1.08
                argumentSet("euros, first rate", "vllm", "llama-local-8b", "2026-11-14", 1000, 100, "0.0003888"),
                // from the 15th at 1.10
                argumentSet("euros, second rate", "vllm", "llama-local-8b", "2026-11-15", 1000, 100, "0.000396"),
                // OpenAI in the EU: (5 × 0.001 + 30 × 0.0001) × 1.1
                argumentSet("uplift of the region", "openai", "gpt-5.5", "2026-11-20", 1000, 100, "0.0088"),
                argumentSet("neither", "anthropic", "claude-haiku-4-5", "2026-11-20", 1000, 1000, "0.006"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void costsWhatTheTenantPays(String provider, String model, String day, long in, long out, String dollars) {
        Cost cost = cost(LIST, provider, model, day, in, out);

        assertThat(cost.getKnown()).as("%s", cost).isTrue();
        assertThat(BigDecimal.valueOf(cost.getTotalNanoUsd(), 9)).isEqualByComparingTo(dollars);
        assertThat(cost.getOwnVersion()).isEqualTo(7);
    }

    @Test
    void theRecordSaysWhereThePriceComesFromAndWhatItWasMultipliedBy() {
        Cost euros = cost(LIST, "vllm", "llama-local-8b", "2026-11-15", 1, 1);
        Cost discounted = cost(LIST, "openai", "gpt-4o-mini", "2026-11-20", 1, 1);

        assertThat(euros.getPriceId()).isEqualTo("tenant/llama");
        assertThat(euros.getPriceSource()).isEqualTo("tenant");
        assertThat(euros.getFactorsList()).containsExactly("eur_usd:1.10");
        assertThat(discounted.getFactorsList()).containsExactly("discount:0.85");
        assertThat(discounted.getPriceSource()).isEqualTo("genai-prices");
        assertThat(discounted.getPriceHash()).isEqualTo("e0364c430e72");
    }

    @Test
    void aPriceThatIsNotDatedYetLeavesTheCostUnknown() {
        Cost cost = cost(LIST, "vllm", "llama-local-8b", "2026-10-31", 1000, 100);

        assertThat(cost.getKnown()).isFalse();
        assertThat(cost.getUnknownReason()).isEqualTo("no_price_at_that_time");
    }

    static Stream<Arguments> mistakes() {
        OwnPrices.Builder none = OwnPrices.newBuilder();
        return Stream.of(
                argumentSet(
                        "a cycle of names",
                        none.clone().addAliases(alias("", "a", "", "b")).addAliases(alias("", "b", "", "a")),
                        "/aliases/0",
                        "leads back to itself: 'a'"),
                argumentSet(
                        "a negative price",
                        none.clone().addPrices(price("in_uncached", "-1")),
                        "/prices/0/amounts/in_uncached",
                        "must be 0 to 1000"),
                argumentSet(
                        "a huge price",
                        none.clone().addPrices(price("in_uncached", "1000.01")),
                        "/prices/0/amounts/in_uncached",
                        "must be 0 to 1000"),
                argumentSet(
                        "no number",
                        none.clone().addPrices(price("out_text", "cheap")),
                        "/prices/0/amounts/out_text",
                        "must be a decimal number"),
                argumentSet(
                        "an unknown bucket",
                        none.clone().addPrices(price("tokens", "1")),
                        "/prices/0/amounts/tokens",
                        "is not known: 'tokens'"),
                argumentSet(
                        "no price at all",
                        none.clone().addPrices(OwnPrice.newBuilder().setId("p").setModel("m")),
                        "/prices/0/amounts",
                        "must name at least one"),
                argumentSet(
                        "two at a time",
                        none.clone()
                                .addPrices(price("in_uncached", "1"))
                                .addPrices(price("in_uncached", "2").setId("other")),
                        "/prices/1",
                        "holds at the same time as price 'p'"),
                argumentSet(
                        "a currency without a rate",
                        none.clone().addPrices(price("in_uncached", "1").setCurrency("CHF")),
                        "/prices/0/currency",
                        "there is no rate of CHF"),
                argumentSet(
                        "an end before the beginning",
                        none.clone()
                                .addDiscounts(OwnDiscount.newBuilder()
                                        .setFromDay(20)
                                        .setUntilDay(10)
                                        .setPercent("5")),
                        "/discounts/0/until",
                        "must be after from"),
                argumentSet(
                        "more than everything off",
                        none.clone().addDiscounts(OwnDiscount.newBuilder().setPercent("101")),
                        "/discounts/0/percent",
                        "must be 0 to 100"),
                argumentSet(
                        "two discounts at a time",
                        none.clone()
                                .addDiscounts(OwnDiscount.newBuilder().setPercent("5"))
                                .addDiscounts(OwnDiscount.newBuilder().setPercent("6")),
                        "/discounts/1",
                        "holds at the same time"),
                argumentSet(
                        "a region that nobody has",
                        none.clone()
                                .addRegions(ProcessingRegion.newBuilder()
                                        .setProvider("openai")
                                        .setRegion("mars")),
                        "/regions/0/region",
                        "must be one of eu, us"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatCannotBePricedWithIsNamed(OwnPrices.Builder prices, String pointer, String detail) {
        assertThat(OwnPriceCheck.faults(prices.build())).anySatisfy(fault -> {
            assertThat(fault.pointer()).isEqualTo(pointer);
            assertThat(fault.detail()).contains(detail);
        });
        assertThat(OwnPriceCheck.faults(OURS)).isEmpty();
    }

    private static OwnPrice.Builder price(String bucket, String amount) {
        return OwnPrice.newBuilder().setId("p").setModel("m").putAmounts(bucket, amount);
    }

    private static ModelAlias alias(String provider, String name, String toProvider, String toModel) {
        return ModelAlias.newBuilder()
                .setProvider(provider)
                .setName(name)
                .setToProvider(toProvider)
                .setToModel(toModel)
                .build();
    }

    private static Cost cost(PriceList list, String provider, String model, String day, long in, long out) {
        long start = Instant.parse(day + "T12:00:00Z").getEpochSecond() * 1_000_000_000L;
        Usage usage = Usage.newBuilder().setInUncached(in).setOutText(out).build();
        return Pricing.cost(list, new PricedCall(provider, model, "", start, usage));
    }
}
