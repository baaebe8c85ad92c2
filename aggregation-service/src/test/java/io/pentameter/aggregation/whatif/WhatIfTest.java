package io.pentameter.aggregation.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What calls would have cost, with dollars worked out by hand, on the real engine. */
class WhatIfTest {

    private static final Instant NOON = Spans.noon();
    private static final Store STORE = Store.of("what_if_test");
    private static final String PRICES =
            "\"pricesUsdPerMillion\":{\"in_uncached\":2.5,\"in_cache_read\":\"0.25\",\"out_text\":10}";

    private final Spans spans = new Spans(606);

    /** 1,000 × 2.5 + 400 × 0.25 + 100 × 10 by a million = 0.0036; 3 × 2.5 nano-thousandths = 7,500 nano-dollars. */
    @Test
    void eachCallIsPricedAgainFromItsStoredUsage() {
        STORE.put(List.of(
                call(
                        "w1",
                        "chat",
                        Usage.newBuilder()
                                .setInUncached(1000)
                                .setInCacheRead(400)
                                .setOutText(100),
                        5_000_000),
                call("w1", "mail", Usage.newBuilder().setInUncached(3), 9_000)));

        WhatIf answer = ask("w1", "\"groupBy\":\"feature\"," + PRICES);

        assertThat(answer.groups().getFirst().group()).isEqualTo("chat");
        assertThat(answer.groups().getFirst().numbers().whatIfUsd()).isEqualTo("0.0036");
        assertThat(answer.groups().getFirst().numbers().changeUsd()).isEqualTo("-0.0014");
        assertThat(answer.groups().get(1).numbers().whatIfUsd()).isEqualTo("0.0000075");
        assertThat(answer.total().actualUsd()).isEqualTo("0.005009");
        assertThat(answer.total().whatIfUsd()).isEqualTo("0.0036075");
        assertThat(answer.total().coverage()).isEqualTo(1.0);
    }

    @Test
    void aClassWithoutAPriceOfItsOwnTakesThatOfPlainTokensAndHalvesGoToTheEvenNanoDollar() {
        // 1 × 0.0005 a million = 0.5 nano-dollars, which is 0; 3 of them are 1.5, which is 2
        String halves = "\"pricesUsdPerMillion\":{\"in_uncached\":0.0005,\"out_text\":0.0005}";
        STORE.put(List.of(
                call("w2", "one", Usage.newBuilder().setInCacheRead(1), 1),
                call("w2", "three", Usage.newBuilder().setOutReasoning(3), 1)));

        WhatIf answer = ask("w2", "\"groupBy\":\"feature\"," + halves);

        assertThat(answer.total().whatIfUsd()).isEqualTo("0.000000002");
    }

    @Test
    void likeIsComparedWithLike() {
        SpanRecord unpriced = call("w3", "chat", Usage.newBuilder().setInUncached(1000), 0).toBuilder()
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build();
        STORE.put(List.of(
                unpriced,
                call("w3", "chat", Usage.newBuilder().setInUncached(1000), 5_000),
                call("w3", "chat", Usage.newBuilder().setOutText(7), 70_000)));

        WhatIf.Numbers total =
                ask("w3", "\"pricesUsdPerMillion\":{\"in_uncached\":2}").total();

        assertThat(total.calls()).isEqualTo(3);
        assertThat(total.comparedCalls()).isEqualTo(1);
        assertThat(total.actualUsd()).isEqualTo("0.000005");
        assertThat(total.whatIfUsd()).isEqualTo("0.002");
        assertThat(total.unknownCalls()).isEqualTo(1);
        assertThat(total.newlyKnownCalls()).isEqualTo(1);
        assertThat(total.newlyKnownUsd()).isEqualTo("0.002");
    }

    /** Above 200 tokens of input the whole call is dearer: 200 × 1 = 200, 201 × 2 = 402, and a fee of 5 for each. */
    @Test
    void aLongContextIsPricedAsAWholeByItsStep() {
        STORE.put(List.of(
                call("w4", "short", Usage.newBuilder().setInUncached(150).setInCacheRead(50), 1),
                call("w4", "long", Usage.newBuilder().setInUncached(151).setInCacheRead(50), 1)));
        BigDecimal fee = BigDecimal.valueOf(5);
        Map<String, BigDecimal> one = Map.of("in_uncached", BigDecimal.ONE, "in_cache_read", BigDecimal.ONE);
        Map<String, BigDecimal> two = Map.of("in_uncached", BigDecimal.TWO, "in_cache_read", BigDecimal.TWO);
        Tariff tariff = new Tariff("steps", List.of(new Tariff.Step(-1, one, fee), new Tariff.Step(200, two, fee)));
        WhatIfQuery query = read("\"groupBy\":\"feature\"," + PRICES);

        WhatIf answer = WhatIfs.of(query, tariff, new SqlWhatIf(STORE.reads(), "w4").read(query, tariff), null);

        assertThat(answer.groups())
                .extracting(group -> group.group() + " " + group.numbers().whatIfUsd())
                .containsExactlyInAnyOrder("short 0.000000205", "long 0.000000407");
    }

    /**
     * The book has gpt-4o-mini at 0.15 and 0.60 a million: 1,000 and 100 are 0.00021; a fifth off: 0.000168. The own model:
     * 0.2 x 1,000 + 0.4 x 100 by a million + 0.0001 = 0.00034.
     */
    @Test
    void aModelCostsWhatItCostsThisTenant() {
        STORE.put(List.of(
                call("w6", "chat", Usage.newBuilder().setInUncached(1000).setOutText(100), 1)));
        PriceList list = new PriceList(
                PriceBooks.shipped(),
                new OwnPriceBook(
                        7,
                        OwnPrices.newBuilder()
                                .addDiscounts(OwnDiscount.newBuilder()
                                        .setProvider("openai")
                                        .setPercent("20"))
                                .addPrices(OwnPrice.newBuilder()
                                        .setId("own")
                                        .setModel("llama-local")
                                        .putAmounts("in_uncached", "0.2")
                                        .putAmounts("out_text", "0.4")
                                        .putAmounts("requests", "0.0001"))
                                .build()));

        WhatIf discounted = ask("w6", list, "openai", "gpt-4o-mini");
        WhatIf own = ask("w6", list, "vllm", "llama-local");
        WhatIf book = ask("w6", PriceList.of(PriceBooks.shipped()), "openai", "gpt-4o-mini");

        assertThat(discounted.total().whatIfUsd()).isEqualTo("0.000168");
        assertThat(discounted.prices())
                .endsWith("by the book " + PriceBooks.shippedVersion() + ", own prices of version 7");
        assertThat(own.total().whatIfUsd()).isEqualTo("0.00034");
        assertThat(book.total().whatIfUsd()).isEqualTo("0.00021");
        assertThat(book.prices()).doesNotContain("own prices");
    }

    /** 2.50 a million and 0.035 a search: 1,000 and three searches are 0.1075; a model without a price of searches: not known. */
    @Test
    void piecesArePricedToo() {
        STORE.put(List.of(
                call("w7", "chat", Usage.newBuilder().setInUncached(1000).setSearches(3), 1)));
        PriceList list = PriceList.of(PriceBooks.shipped());

        assertThat(ask("w7", list, "openai", "gpt-4o-search-preview").total().whatIfUsd())
                .isEqualTo("0.1075");
        assertThat(ask("w7", PRICES).total().unknownCalls()).isEqualTo(1);
    }

    @Test
    void anotherTenantsCallsAreNeverSeen() {
        STORE.put(List.of(call("w5", "secret", Usage.newBuilder().setInUncached(10), 1)));

        WhatIf answer = ask("w5-other", "\"groupBy\":\"feature\"," + PRICES);

        assertThat(answer.groups()).isEmpty();
        assertThat(answer.total().calls()).isZero();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> read("\"model\":{\"provider\":\"\"},"
                        + PRICES.replace("2.5", "-1").replace("out_text", "x")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .containsExactlyInAnyOrder(
                                        "",
                                        "/model/provider",
                                        "/model/model",
                                        "/pricesUsdPerMillion/in_uncached",
                                        "/pricesUsdPerMillion"));
    }

    private static WhatIf ask(String tenant, PriceList list, String provider, String model) {
        WhatIfQuery query = read("\"model\":{\"provider\":\"%s\",\"model\":\"%s\"}".formatted(provider, model));
        Tariff tariff = new PriceListTariffs(list).of(provider, model, "", NOON).orElseThrow();
        return WhatIfs.of(query, tariff, new SqlWhatIf(STORE.reads(), tenant).read(query, tariff), null);
    }

    private static WhatIf ask(String tenant, String rest) {
        WhatIfQuery query = read(rest);
        Tariff tariff = query.prices().orElseThrow();
        return WhatIfs.of(query, tariff, new SqlWhatIf(STORE.reads(), tenant).read(query, tariff), null);
    }

    private static WhatIfQuery read(String rest) {
        String json = "{\"from\":\"%s\",\"to\":\"%s\",%s}".formatted(NOON, NOON.plusSeconds(7200), rest);
        try {
            return new ObjectMapper().readValue(json, WhatIfQuery.Body.class).read();
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private SpanRecord call(String tenant, String feature, Usage.Builder usage, long nano) {
        return spans.request(tenant, NOON)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setModel("m"))
                .setUsage(usage)
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
    }
}
