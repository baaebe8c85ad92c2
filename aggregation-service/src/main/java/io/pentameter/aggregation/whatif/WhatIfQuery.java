package io.pentameter.aggregation.whatif;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.pricebook.KafkaPrices;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param groupBy empty for the whole only
 * @param model   whose prices; empty if the prices are given
 * @param prices  as given; empty if a model is
 */
record WhatIfQuery(
        Window window,
        List<Filter> filters,
        Optional<CostDimension> groupBy,
        int limit,
        Optional<Model> model,
        Optional<Tariff> prices,
        PriceBasis basis) {

    private static final int MAX_GROUPS = 500;
    private static final int GROUPS = 20;
    private static final int MAX_TEXT = 200;
    private static final BigDecimal DEAREST = new BigDecimal("1000000");

    WhatIfQuery {
        filters = List.copyOf(filters);
    }

    /**
     * @param serviceTier  empty for the usual one
     * @param priceVersion of the price book
     */
    record Model(String provider, String model, String serviceTier, String priceVersion) {}

    /** A model as it is sent. */
    record ModelBody(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String serviceTier,
            @Nullable String priceVersion) {}

    /** As it is sent; nothing of it has been checked. */
    record Body(
            @Nullable String from,
            @Nullable String to,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String groupBy,
            @Nullable Long limit,
            @Nullable ModelBody model,
            @Nullable Map<String, @Nullable BigDecimal> pricesUsdPerMillion,
            @Nullable String priceBasis) {

        /** The query, or an answer that names everything that is wrong with it. */
        WhatIfQuery read() {
            CostRequest request = new CostRequest();
            Optional<Window> window = request.window("", from, to);
            List<Filter> read = request.filters(filters);
            List<CostDimension> groups = groupBy == null ? List.of() : request.dimensions("/groupBy", List.of(groupBy));
            if (!groups.isEmpty() && !(groups.getFirst() instanceof CostDimension.OfSpan)) {
                request.fault("/groupBy", "must be a property of a call: '%s' splits calls".formatted(groupBy));
            }
            int shown = request.number("/limit", limit, GROUPS, MAX_GROUPS);
            if ((model == null) == (pricesUsdPerMillion == null)) {
                request.fault("", "exactly one of model and pricesUsdPerMillion must be given");
            }
            Optional<Model> asked = model == null ? Optional.empty() : Optional.of(model(request, model));
            Optional<Tariff> tariff =
                    pricesUsdPerMillion == null ? Optional.empty() : Optional.of(prices(request, pricesUsdPerMillion));
            PriceBasis basis = request.priceBasis("/priceBasis", priceBasis);
            request.check();
            return new WhatIfQuery(
                    window.orElseThrow(), read, groups.stream().findFirst(), shown, asked, tariff, basis);
        }

        private static Model model(CostRequest request, ModelBody body) {
            return new Model(
                    text(request, "/model/provider", body.provider()),
                    text(request, "/model/model", body.model()),
                    body.serviceTier() == null ? "" : text(request, "/model/serviceTier", body.serviceTier()),
                    body.priceVersion() == null
                            ? KafkaPrices.LATEST
                            : text(request, "/model/priceVersion", body.priceVersion()));
        }

        private static String text(CostRequest request, String pointer, @Nullable String text) {
            if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
                request.fault(pointer, "must be a text of 1 to %d characters".formatted(MAX_TEXT));
                return "";
            }
            return text;
        }

        private static Tariff prices(CostRequest request, Map<String, @Nullable BigDecimal> sent) {
            Map<String, BigDecimal> prices = new LinkedHashMap<>();
            if (sent.isEmpty()) {
                request.fault("/pricesUsdPerMillion", "must have a price for one or more of " + TokenClasses.WORDS);
            }
            sent.forEach((word, price) -> {
                if (!TokenClasses.WORDS.contains(word)) {
                    request.fault(
                            "/pricesUsdPerMillion",
                            "is not known: '%s'; known are %s".formatted(word, TokenClasses.WORDS));
                } else if (price == null
                        || Math.abs((long) price.scale()) > 30
                        || price.precision() > 30
                        || price.signum() < 0
                        || price.compareTo(DEAREST) > 0) {
                    request.fault(
                            "/pricesUsdPerMillion/" + word,
                            "must be 0 to %s dollars for a million: %s".formatted(DEAREST, price));
                } else {
                    // a dollar for a million is 1,000 nano-dollars for one
                    prices.put(word, price.movePointRight(3).setScale(9, RoundingMode.HALF_EVEN));
                }
            });
            return new Tariff("given", List.of(Tariff.Step.withFallbacks(prices)));
        }
    }
}
