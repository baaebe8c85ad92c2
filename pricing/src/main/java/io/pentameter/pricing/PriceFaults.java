package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** Why the entry of a model in a price file cannot be right. */
final class PriceFaults {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private PriceFaults() {}

    /** The first fault, with field, value and what is allowed; empty if there is none. */
    static String of(JsonNode model, SourceFormat format) {
        return switch (format) {
            case LITELLM -> ofLitellm(model);
            case GENAI -> ofGenai(model);
        };
    }

    private static String ofLitellm(JsonNode model) {
        for (Map.Entry<String, JsonNode> field : model.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!name.contains("_cost_per_") && !name.endsWith("_cost")) {
                continue;
            }
            if (value.isObject()) {
                for (Map.Entry<String, JsonNode> size : value.properties()) {
                    String fault = number(name + "/" + size.getKey(), size.getValue(), PriceLimits.MAX_PER_PIECE);
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                }
                continue;
            }
            boolean isOfTokens = name.contains("_token");
            String fault =
                    number(name, value, isOfTokens && !name.contains("1k") ? perToken() : PriceLimits.MAX_PER_PIECE);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static BigDecimal perToken() {
        return PriceLimits.MAX_PER_MTOK.divide(MILLION);
    }

    private static String ofGenai(JsonNode model) {
        try {
            Matcher.of(model.path("match"));
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            return "match: must be a matcher that can be read: "
                    + (e instanceof PatternSyntaxException syntax ? syntax.getDescription() : e.getMessage());
        }
        JsonNode prices = model.path("prices");
        if (prices.isObject()) {
            return sheet(prices);
        }
        if (!prices.isArray()) {
            return "prices: must be an object or an array";
        }
        Set<String> starts = new HashSet<>();
        for (JsonNode period : prices) {
            String fault = period(period.path("constraint"), starts);
            if (fault.isEmpty()) {
                fault = sheet(period.path("prices"));
            }
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static String period(JsonNode constraint, Set<String> starts) {
        try {
            if (constraint.hasNonNull("start_date")) {
                LocalDate.parse(constraint.path("start_date").asText());
            }
            for (String name : new String[] {"start_time", "end_time"}) {
                if (constraint.hasNonNull(name)) {
                    OffsetTime.parse(constraint.path(name).asText());
                }
            }
        } catch (DateTimeException e) {
            return "constraint: must be a date, or times with their offset: " + e.getMessage();
        }
        String start = constraint.path("start_date").asText() + "|"
                + constraint.path("start_time").asText();
        return starts.add(start) ? "" : "prices: two periods hold from the same time on: '%s'".formatted(start);
    }

    private static String sheet(JsonNode prices) {
        for (Map.Entry<String, JsonNode> field : prices.properties()) {
            String name = field.getKey();
            if (!name.endsWith("_mtok") && !name.endsWith("_kcount")) {
                continue;
            }
            BigDecimal most =
                    name.endsWith("_mtok") ? PriceLimits.MAX_PER_MTOK : PriceLimits.MAX_PER_PIECE.multiply(THOUSAND);
            JsonNode value = field.getValue();
            String fault = number(name, value.isObject() ? value.path("base") : value, most);
            for (JsonNode tier : value.path("tiers")) {
                if (fault.isEmpty()) {
                    fault = number(name + "/tiers", tier.path("price"), most);
                }
                if (fault.isEmpty()
                        && !(tier.path("start").isIntegralNumber()
                                && tier.path("start").asLong() > 0)) {
                    fault = "%s/tiers: start must be a whole number above 0: %s".formatted(name, tier.path("start"));
                }
            }
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static String number(String field, JsonNode value, BigDecimal most) {
        if (value.isNull()) {
            return "";
        }
        if (!value.isNumber()) {
            return "%s: must be a number: %s".formatted(field, value.isMissingNode() ? "missing" : value);
        }
        BigDecimal price = value.decimalValue();
        return price.signum() < 0 || price.compareTo(most) > 0
                ? "%s: must be 0 to %s: %s".formatted(field, most.toPlainString(), price.toPlainString())
                : "";
    }
}
