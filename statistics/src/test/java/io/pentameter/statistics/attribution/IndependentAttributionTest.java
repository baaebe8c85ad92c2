package io.pentameter.statistics.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Shapley values against all orders of the players, allocation against exact fractions. */
class IndependentAttributionTest {

    @Test
    @DisplayName("airport-over-orders")
    void airport() {
        PublishedCase independent = PublishedCase.of("independent", "airport-over-orders");
        List<BigDecimal> peaks = new ArrayList<>();
        independent.input().path("peaks").forEach(peak -> peaks.add(peak.decimalValue()));
        BigDecimal highest = peaks.stream().reduce(BigDecimal.ZERO, BigDecimal::max);

        List<BigDecimal> shares = AirportGame.split(highest, peaks, 9).shares();
        List<BigDecimal> general = Shapley.values(
                peaks.size(),
                coalition -> {
                    BigDecimal most = BigDecimal.ZERO;
                    for (int player = 0; player < peaks.size(); player++) {
                        most = (coalition >> player & 1) == 1 ? most.max(peaks.get(player)) : most;
                    }
                    return most;
                },
                9);

        for (int i = 0; i < peaks.size(); i++) {
            double expected = fraction(independent.expected().get(i).textValue());
            assertThat(shares.get(i).doubleValue()).isCloseTo(expected, within(1.01e-9));
            assertThat(general.get(i).doubleValue()).isCloseTo(expected, within(1.01e-9));
        }
    }

    @Test
    @DisplayName("cost-change-over-orders")
    void costChange() {
        PublishedCase independent = PublishedCase.of("independent", "cost-change-over-orders");
        Map<String, Usage> before = usage(independent.input().path("before"));
        Map<String, Usage> after = usage(independent.input().path("after"));
        double tolerance = independent.tolerance();
        JsonNode shapley = independent.expected().path("shapley");
        JsonNode divisia = independent.expected().path("lmdi");

        CostChange change = CostChange.of(before, after);
        LogMeanDivisia.Effects effects = LogMeanDivisia.of(before, after).orElseThrow();

        assertNear(change.before().doubleValue(), independent.expected().path("before"), tolerance);
        assertNear(change.after().doubleValue(), independent.expected().path("after"), tolerance);
        assertNear(change.total().volume().doubleValue(), shapley.path("Q"), tolerance);
        assertNear(change.total().mix().doubleValue(), shapley.path("s"), tolerance);
        assertNear(change.total().tokens().doubleValue(), shapley.path("k"), tolerance);
        assertNear(change.total().price().doubleValue(), shapley.path("p"), tolerance);
        assertNear(effects.volume(), divisia.path("Q"), 1e-9);
        assertNear(effects.mix(), divisia.path("s"), 1e-9);
        assertNear(effects.tokens(), divisia.path("k"), 1e-9);
        assertNear(effects.price(), divisia.path("p"), 1e-9);
    }

    @Test
    @DisplayName("largest-remainder-fractions")
    void allocation() {
        PublishedCase independent = PublishedCase.of("independent", "largest-remainder-fractions");
        List<BigDecimal> weights = new ArrayList<>();
        independent.input().path("weights").forEach(weight -> weights.add(weight.decimalValue()));
        List<BigDecimal> expected = new ArrayList<>();
        independent.expected().forEach(cents -> expected.add(BigDecimal.valueOf(cents.longValue(), 2)));

        Allocation allocation = Allocation.of(
                BigDecimal.valueOf(independent.input().path("cents").longValue(), 2), weights, 2);

        assertThat(allocation.shares()).isEqualTo(expected);
    }

    private static void assertNear(double actual, JsonNode expected, double tolerance) {
        assertThat(actual).isCloseTo(expected.doubleValue(), within(tolerance));
    }

    private static double fraction(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Double.parseDouble(text)
                : Double.parseDouble(text.substring(0, slash)) / Double.parseDouble(text.substring(slash + 1));
    }

    private static Map<String, Usage> usage(JsonNode period) {
        Map<String, Usage> usage = new LinkedHashMap<>();
        period.properties().forEach(item -> {
            Map<String, Usage.Tokens> types = new LinkedHashMap<>();
            item.getValue()
                    .path("types")
                    .properties()
                    .forEach(type -> types.put(
                            type.getKey(),
                            new Usage.Tokens(
                                    type.getValue().path("count").decimalValue(),
                                    new BigDecimal(type.getValue().path("price").textValue()))));
            usage.put(item.getKey(), new Usage(item.getValue().path("requests").decimalValue(), types));
        });
        return usage;
    }
}
