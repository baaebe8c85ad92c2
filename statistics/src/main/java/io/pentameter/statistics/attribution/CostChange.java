package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why cost changed, in four parts that add up to the change exactly: more requests, another mix, more tokens, other
 * prices.
 *
 * <pre>
 * cost = Q Σ_i s_i Σ_τ k_iτ p_iτ
 * Q requests, s_i share of item i, k_iτ tokens of type τ per request, p_iτ price of a token
 * effect of a factor = its Shapley value over {Q, s, k, p}: 2⁴ evaluations, weights r!(3-r)!/24
 * </pre>
 *
 * <p>Shapley decomposition (Sun, "Changes in energy consumption and energy intensity", Energy Economics 20 (1998); Ang,
 * Energy Policy 33 (2005)). Unlike LMDI ({@link LogMeanDivisia}) it is defined when something appears or disappears: an
 * item that enters has its current tokens and prices in both periods, so all of its cost is <i>mix</i>; one that leaves
 * has its former ones. A token type new to an item keeps its price and changes from 0 tokens: <i>tokens</i>. If a
 * period has no requests at all, the shares of the other one hold and everything is <i>volume</i>. An item's part of an
 * effect is the Shapley value of its own term.
 *
 * <p>Assumes that tokens, requests and prices are those that were billed. It says which factor moved, not why: not for
 * experiments, and not for a forecast.
 *
 * @param before cost of the former period, at the ledger's scale
 * @param after cost of the later period
 * @param total effects over all items; add up to {@code after - before}
 * @param byItem effects of each item, largest change first, then by name; each item's effects add up to its own change.
 *     Rounded for themselves, so that their sums may differ from {@code total} by some 1e-9
 */
public record CostChange(BigDecimal before, BigDecimal after, Effects total, Map<String, Effects> byItem) {

    private static final int FACTORS = 4;
    private static final int DIGITS = 40;

    /** Parts of a change, in the currency of the prices. */
    public record Effects(BigDecimal volume, BigDecimal mix, BigDecimal tokens, BigDecimal price) {

        /** The whole change. */
        public BigDecimal sum() {
            return volume.add(mix).add(tokens).add(price);
        }
    }

    /**
     * Compares two periods.
     *
     * @param former what each item used before, by its name
     * @param later  what each item used after
     */
    public static CostChange of(Map<String, Usage> former, Map<String, Usage> later) {
        TreeSet<String> items = new TreeSet<>(former.keySet());
        items.addAll(later.keySet());
        Rational formerRequests = requests(former);
        Rational laterRequests = requests(later);
        List<Rational> sums = List.of(Rational.ZERO, Rational.ZERO, Rational.ZERO, Rational.ZERO);
        Map<String, List<Rational>> exact = new LinkedHashMap<>();
        for (String item : items) {
            List<Rational> effects = effects(former.get(item), later.get(item), formerRequests, laterRequests);
            exact.put(item, effects);
            List<Rational> soFar = sums;
            List<Rational> more = new ArrayList<>();
            for (int factor = 0; factor < FACTORS; factor++) {
                BigDecimal cut =
                        effects.get(factor).rounded(DIGITS); // exact sums of thousands of fractions grow without end
                more.add(soFar.get(factor).plus(Rational.of(cut)));
            }
            sums = more;
        }
        Map<String, Effects> byItem = new LinkedHashMap<>();
        exact.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), toEffects(entry.getValue())))
                .sorted(Comparator.comparing((Map.Entry<String, Effects> entry) ->
                                entry.getValue().sum().abs())
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> byItem.put(entry.getKey(), entry.getValue()));
        BigDecimal before = cost(former).rounded(Allocation.LEDGER_SCALE);
        BigDecimal after = cost(later).rounded(Allocation.LEDGER_SCALE);
        return new CostChange(
                before, after, toEffects(sums, after.subtract(before)), Collections.unmodifiableMap(byItem));
    }

    private static List<Rational> effects(
            @Nullable Usage former, @Nullable Usage later, Rational formerRequests, Rational laterRequests) {
        Item[] periods = {Item.of(former, later), Item.of(later, former)};
        Rational[] requests = {formerRequests, laterRequests};
        Rational[] shares = {share(former, formerRequests), share(later, laterRequests)};
        for (int period = 0; period < 2; period++) {
            if (requests[period].signum() == 0) {
                shares[period] = shares[1 - period];
            }
        }
        return Shapley.exact(
                FACTORS,
                coalition -> requests[coalition & 1]
                        .times(shares[coalition >> 1 & 1])
                        .times(periods[0].cost(periods[1], coalition >> 2 & 1, coalition >> 3 & 1)));
    }

    /** Tokens per request and price per token type of one item in one period. */
    private record Item(Map<String, Rational> tokens, Map<String, Rational> prices) {

        static Item of(@Nullable Usage own, @Nullable Usage other) {
            Usage source = hasRequests(own) ? own : other;
            Map<String, Rational> tokens = new LinkedHashMap<>();
            Map<String, Rational> prices = new LinkedHashMap<>();
            if (source != null && source.requests().signum() > 0) {
                source.byType().forEach((type, used) -> {
                    tokens.put(type, Rational.of(used.count()).over(Rational.of(source.requests())));
                    prices.put(type, Rational.of(used.unitPrice()));
                });
            }
            return new Item(tokens, prices);
        }

        /** Cost per request with tokens of this or the later item (0, 1) and prices of this or the later one. */
        Rational cost(Item later, int tokensOf, int pricesOf) {
            TreeSet<String> types = new TreeSet<>(tokens.keySet());
            types.addAll(later.tokens.keySet());
            Rational cost = Rational.ZERO;
            for (String type : types) {
                Rational count = (tokensOf == 0 ? this : later).tokens.getOrDefault(type, Rational.ZERO);
                cost = cost.plus(count.times((pricesOf == 0 ? this : later).price(type, pricesOf == 0 ? later : this)));
            }
            return cost;
        }

        /** A type without a price of its own has that of the other period: it was not used, not free. */
        private Rational price(String type, Item other) {
            return prices.getOrDefault(type, other.prices.getOrDefault(type, Rational.ZERO));
        }
    }

    private static boolean hasRequests(@Nullable Usage usage) {
        return usage != null && usage.requests().signum() > 0;
    }

    private static Rational share(@Nullable Usage usage, Rational all) {
        return usage == null || all.signum() == 0
                ? Rational.ZERO
                : Rational.of(usage.requests()).over(all);
    }

    private static Rational requests(Map<String, Usage> period) {
        return period.values().stream()
                .map(usage -> Rational.of(usage.requests()))
                .reduce(Rational.ZERO, Rational::plus);
    }

    private static Rational cost(Map<String, Usage> period) {
        return period.values().stream()
                .flatMap(usage -> usage.byType().values().stream())
                .map(tokens -> Rational.of(tokens.count()).times(Rational.of(tokens.unitPrice())))
                .reduce(Rational.ZERO, Rational::plus);
    }

    private static Effects toEffects(List<Rational> exact) {
        return toEffects(
                exact, exact.stream().reduce(Rational.ZERO, Rational::plus).rounded(Allocation.LEDGER_SCALE));
    }

    private static Effects toEffects(List<Rational> exact, BigDecimal sum) {
        List<BigDecimal> rounded = Allocation.roundedTo(sum, exact, Allocation.LEDGER_SCALE);
        return new Effects(rounded.get(0), rounded.get(1), rounded.get(2), rounded.get(3));
    }
}
