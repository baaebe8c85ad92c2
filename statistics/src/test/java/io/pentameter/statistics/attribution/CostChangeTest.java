package io.pentameter.statistics.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.attribution.Adtributor.Amounts;
import io.pentameter.statistics.attribution.Adtributor.Basis;
import io.pentameter.statistics.attribution.Adtributor.Dimension;
import io.pentameter.statistics.attribution.Adtributor.Element;
import io.pentameter.statistics.cases.PublishedCase;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CostChangeTest {

    @Test
    void oneFactorAloneTakesTheWholeChange() {
        Usage base = usage("100", "5000", "0.001");

        assertEffects(Map.of("a", base), Map.of("a", usage("200", "10000", "0.001")), "5", "0", "0", "0");
        assertEffects(Map.of("a", base), Map.of("a", usage("100", "10000", "0.001")), "0", "0", "5", "0");
        assertEffects(Map.of("a", base), Map.of("a", usage("100", "5000", "0.003")), "0", "0", "0", "10");
        // twice as dear an item takes over half of the requests
        Usage dear = usage("100", "10000", "0.001");
        assertEffects(
                Map.of("a", base, "b", dear),
                Map.of("a", usage("50", "2500", "0.001"), "b", usage("150", "15000", "0.001")),
                "0",
                "2.5",
                "0",
                "0");
    }

    @Test
    void whatEntersOrLeavesIsMix() {
        Usage small = usage("100", "1000", "0.001");

        assertEffects(Map.of("a", small), Map.of("b", usage("100", "3000", "0.002")), "0", "5", "0", "0");
        assertEffects(Map.of(), Map.of("b", usage("100", "3000", "0.002")), "6", "0", "0", "0");
        assertEffects(Map.of("b", usage("100", "3000", "0.002")), Map.of(), "-6", "0", "0", "0");
        assertEffects(Map.of(), Map.of(), "0", "0", "0", "0");
    }

    @Test
    void aNewTypeOfTokensIsTokens() {
        Usage plain = new Usage(decimal("10"), Map.of("input", tokens("1000", "0.001")));
        Usage thinking =
                new Usage(decimal("10"), Map.of("input", tokens("1000", "0.001"), "reasoning", tokens("500", "0.01")));

        assertEffects(Map.of("a", plain), Map.of("a", thinking), "0", "0", "5", "0");
        assertEffects(Map.of("a", thinking), Map.of("a", plain), "0", "0", "-5", "0");
    }

    private static void assertEffects(
            Map<String, Usage> former,
            Map<String, Usage> later,
            String volume,
            String mix,
            String tokens,
            String price) {
        CostChange change = CostChange.of(former, later);

        assertThat(List.of(
                        change.total().volume(),
                        change.total().mix(),
                        change.total().tokens(),
                        change.total().price()))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(decimal(volume), decimal(mix), decimal(tokens), decimal(price));
    }

    @Test
    void effectsAddUpExactlyAndItemsToTheWhole() {
        SplittableRandom random = new SplittableRandom(14);
        for (int round = 0; round < 200; round++) {
            Map<String, Usage> former = period(random);
            Map<String, Usage> later = period(random);

            CostChange change = CostChange.of(former, later);

            assertThat(change.total().sum()).isEqualByComparingTo(change.after().subtract(change.before()));
            CostChange back = CostChange.of(later, former);
            assertThat(back.total().volume().add(change.total().volume()).abs()).isLessThan(decimal("3e-9"));
            assertThat(back.total().tokens().add(change.total().tokens()).abs()).isLessThan(decimal("3e-9"));
            BigDecimal items = change.byItem().values().stream()
                    .map(CostChange.Effects::mix)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(items.subtract(change.total().mix()).abs()).isLessThan(decimal("1e-7"));
            TreeSet<String> names = new TreeSet<>(former.keySet());
            names.addAll(later.keySet());
            assertThat(change.byItem()).containsOnlyKeys(names);
        }
    }

    @Test
    void logMeanDivisiaAgreesRoughlyAndAddsUp() {
        Map<String, Usage> former =
                Map.of("a", usage("1000", "400000", "0.00001"), "b", usage("500", "100000", "0.00003"));
        Map<String, Usage> later =
                Map.of("a", usage("900", "500000", "0.000009"), "b", usage("800", "170000", "0.00003"));

        LogMeanDivisia.Effects effects = LogMeanDivisia.of(former, later).orElseThrow();
        CostChange exact = CostChange.of(former, later);

        assertThat(effects.volume() + effects.mix() + effects.tokens() + effects.price())
                .isCloseTo(exact.after().subtract(exact.before()).doubleValue(), within(1e-9));
        assertThat(effects.volume()).isCloseTo(exact.total().volume().doubleValue(), within(0.05));
        assertThat(effects.price()).isCloseTo(exact.total().price().doubleValue(), within(0.05));
        assertThat(LogMeanDivisia.of(former, Map.of("a", usage("1", "1", "1")))).isEmpty();
        assertThat(LogMeanDivisia.of(former, former))
                .hasValueSatisfying(none -> assertThat(none.price()).isZero());
        assertThat(LogMeanDivisia.of(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void refusesTokensWithoutRequests() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage("0", "5", "1"))
                .withMessage("requests must be above 0 where tokens were used: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage("1", "-5", "1"))
                .withMessage("count must be 0 or more: -5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapley.values(13, _ -> BigDecimal.ONE, 2))
                .withMessage("players must be in 1..12: 13");
    }

    @Test
    @DisplayName("adtributor-nsdi14")
    void ranksTheDimensionsOfThePaper() {
        PublishedCase published = PublishedCase.of("14_decomposition", "adtributor-nsdi14");
        Map<String, Map<String, Amounts>> dimensions = new LinkedHashMap<>();
        published.input().properties().forEach(dimension -> {
            Map<String, Amounts> elements = new LinkedHashMap<>();
            dimension
                    .getValue()
                    .properties()
                    .forEach(element -> elements.put(
                            element.getKey(),
                            new Amounts(
                                    element.getValue().get(0).doubleValue(),
                                    element.getValue().get(1).doubleValue())));
            dimensions.put(dimension.getKey(), elements);
        });

        List<Dimension> ranked = Adtributor.rank(dimensions);

        assertThat(ranked).extracting(Dimension::name).containsExactly("Device", "Advertiser", "DataCenter");
        for (Dimension dimension : ranked) {
            JsonNode expected = published.expected().path(dimension.name());
            assertThat(dimension.power()).isCloseTo(expected.path("ep").doubleValue(), within(1e-9));
            assertThat(dimension.surprise()).isCloseTo(expected.path("surprise").doubleValue(), within(1e-9));
            assertThat(dimension.candidates())
                    .extracting(Element::name)
                    .containsExactlyElementsOf(expected.path("candidate")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList());
            for (JsonNode wanted : expected.path("elements")) {
                Element element = dimension.elements().stream()
                        .filter(one -> one.name().equals(wanted.path("e").asText()))
                        .findFirst()
                        .orElseThrow();
                assertThat(element.power()).isCloseTo(wanted.path("ep").doubleValue(), within(1e-9));
                assertThat(element.surprise()).isCloseTo(wanted.path("surprise").doubleValue(), within(1e-9));
            }
        }
    }

    @Test
    void equalTotalsAreExplainedByAbsoluteChange() {
        Dimension dimension = Adtributor.rank(Map.of(
                        "model",
                        Map.of("a", new Amounts(50, 80), "b", new Amounts(50, 22), "c", new Amounts(100, 100))))
                .getFirst();

        assertThat(dimension.basis()).isEqualTo(Basis.ABSOLUTE_CHANGE);
        assertThat(dimension.candidates()).extracting(Element::name).containsExactlyInAnyOrder("a", "b");
        assertThat(dimension.power()).isCloseTo(1, within(1e-12));
        assertThat(Adtributor.rank(Map.of("model", Map.of("a", new Amounts(0, 0))))
                        .getFirst()
                        .candidates())
                .isEmpty();
        assertThat(Adtributor.rank(Map.of("model", Map.of("a", new Amounts(0, 5))))
                        .getFirst()
                        .power())
                .isOne();
        assertThat(Adtributor.rank(Map.of())).isEmpty();
    }

    private static Map<String, Usage> period(SplittableRandom random) {
        Map<String, Usage> period = new HashMap<>();
        for (String item : List.of("chat/a", "chat/b", "mail/a", "search/c")) {
            if (random.nextInt(4) > 0) {
                Map<String, Usage.Tokens> types = new HashMap<>();
                for (String type : List.of("input", "output", "cached")) {
                    if (random.nextInt(3) > 0) {
                        types.put(
                                type,
                                new Usage.Tokens(
                                        BigDecimal.valueOf(random.nextLong(1_000_000)),
                                        BigDecimal.valueOf(random.nextLong(20_000), 9)));
                    }
                }
                period.put(item, new Usage(BigDecimal.valueOf(random.nextLong(1, 10_000)), types));
            }
        }
        return period;
    }

    private static Usage usage(String requests, String tokens, String price) {
        return new Usage(decimal(requests), Map.of("input", tokens(tokens, price)));
    }

    private static Usage.Tokens tokens(String count, String price) {
        return new Usage.Tokens(decimal(count), decimal(price));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
