package io.pentameter.aggregation.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Asks the engine for costs, each test with a tenant of its own. */
final class EngineCosts {

    static final Instant NOON = Spans.noon();
    static final Store STORE = Store.of("cost_test");
    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private EngineCosts() {}

    /** Asks for the two hours from noon. */
    static JsonNode ask(String tenant, String rest) {
        return ask(tenant, rest, false);
    }

    static JsonNode ask(String tenant, String rest, boolean rollups) {
        return ask(tenant, NOON, NOON.plusSeconds(7200), rest, rollups);
    }

    static JsonNode ask(String tenant, Instant from, Instant to, String rest, boolean rollups) {
        CostQueryBody body = body("{\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(from, to, rest));
        CostQuery query = body.read();
        SqlCosts.Found found = new SqlCosts(STORE.reads(), tenant, rollups).read(query);
        List<List<String>> shown =
                found.shown().stream().map(SqlCosts.Group::values).toList();
        SqlCostParts.Found parts = new SqlCostParts(STORE.reads(), tenant).read(query, shown);
        return JSON.valueToTree(new CostAnswers(query, body.filters(), found.whole())
                .of(found, parts, new CostAnswer.AsOf(null, null)));
    }

    static CostQueryBody body(String json) {
        try {
            return JSON.readValue(json, CostQueryBody.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    /**
     * A call of a model: 2 dollars for a million of uncached, 0.2 for cached and 8 for output tokens.
     *
     * @param uncached tokens; cached and output likewise
     */
    static SpanRecord.Builder call(
            Spans spans, String tenant, String feature, long uncached, long cached, long output) {
        Cost.Builder cost = Cost.newBuilder().setKnown(true).setPriceVersion("book-1");
        long total = add(cost, "in_uncached", uncached, "2000")
                + add(cost, "in_cache_read", cached, "200")
                + add(cost, "out_text", output, "8000");
        return spans.request(tenant, NOON)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setModel("m"))
                .setUsage(Usage.newBuilder()
                        .setInUncached(uncached)
                        .setInCacheRead(cached)
                        .setOutText(output))
                .setCost(cost.setTotalNanoUsd(total));
    }

    private static long add(Cost.Builder cost, String word, long units, String price) {
        long nano = new BigDecimal(price).multiply(BigDecimal.valueOf(units)).longValueExact();
        if (units > 0) {
            cost.addComponents(CostComponent.newBuilder()
                    .setBucket(word)
                    .setUnits(units)
                    .setNanoUsdPerUnit(price)
                    .setNanoUsd(nano));
        }
        return nano;
    }

    /** Dollars at the path; the group is the one with that value of its first dimension. */
    static JsonNode group(JsonNode answer, String value) {
        for (JsonNode group : answer.get("groups")) {
            if (group.get("group").elements().next().asText("").equals(value)) {
                return group;
            }
        }
        throw new AssertionError("no group " + value + " in " + answer);
    }
}
