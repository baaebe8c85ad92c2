package io.pentameter.aggregation.cost;

import static io.pentameter.aggregation.cost.EngineCosts.NOON;
import static io.pentameter.aggregation.cost.EngineCosts.STORE;
import static io.pentameter.aggregation.cost.EngineCosts.ask;
import static io.pentameter.aggregation.cost.EngineCosts.body;
import static io.pentameter.aggregation.cost.EngineCosts.call;
import static io.pentameter.aggregation.cost.EngineCosts.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cost by whoever caused it, with dollars worked out by hand, on the real engine. */
class CostsTest {

    private final Spans spans = new Spans(404);

    /** 1,000 × 0.000002 + 500 × 0.0000002 + 100 × 0.000008 = 0.0029; 10 × 0.000002 + 1 × 0.000008 = 0.000028. */
    @Test
    void eachFeatureHasItsDollarsAndOtherIsTheRest() {
        STORE.put(List.of(
                call(spans, "t1", "chat", 1000, 500, 100).build(),
                call(spans, "t1", "search", 10, 0, 1).build(),
                call(spans, "t1", "mail", 5, 0, 0).build(),
                call(spans, "t1", "mail", 70, 0, 30)
                        .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                        .build()));

        JsonNode answer = ask("t1", ",\"groupBy\":[\"feature\"],\"limit\":1");

        JsonNode chat = group(answer, "chat");
        assertThat(chat.get("costUsd").asText()).isEqualTo("0.0029");
        assertThat(chat.get("tokens").asLong()).isEqualTo(1600);
        assertThat(chat.get("costPerRequestUsd").asText()).isEqualTo("0.0029");
        assertThat(answer.at("/other/groups").asInt()).isEqualTo(2);
        assertThat(answer.at("/other/costUsd").asText()).isEqualTo("0.000038");
        assertThat(answer.at("/other/coverage/calls").asDouble()).isEqualTo(2.0 / 3);
        assertThat(answer.at("/other/coverage/tokens").asDouble()).isEqualTo(16.0 / 116);
        assertThat(answer.at("/total/costUsd").asText()).isEqualTo("0.002938");
        assertThat(answer.at("/total/requests").asLong()).isEqualTo(4);
        assertThat(answer.at("/other/drillDown/body/filters/0").toString())
                .isEqualTo("{\"dimension\":\"feature\",\"op\":\"not_in\",\"value\":[\"chat\"]}");
    }

    @Test
    void aCostThatIsNotKnownIsNullAndNeverNothing() {
        STORE.put(List.of(call(spans, "t2", "mail", 70, 0, 30)
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build()));

        JsonNode answer = ask("t2", ",\"groupBy\":[\"feature\"]");

        assertThat(group(answer, "mail").get("costUsd").isNull()).isTrue();
        assertThat(answer.at("/total/costUsd").isNull()).isTrue();
        assertThat(answer.at("/total/coverage/calls").asDouble()).isZero();
        assertThat(ask("t2-nobody", "").at("/total/costUsd").asText()).isEqualTo("0");
    }

    @Test
    void aSpanWithThreeTagsIsSplitToTheLastNanoDollar() {
        STORE.put(List.of(
                call(spans, "t3", "f", 0, 0, 0)
                        .addTags("c")
                        .addTags("a")
                        .addTags("b")
                        .addTags("a")
                        .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(10))
                        .build(),
                call(spans, "t3", "f", 0, 0, 0)
                        .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(7))
                        .build()));

        JsonNode answer = ask("t3", ",\"groupBy\":[\"tag\"]");

        assertThat(group(answer, "a").get("costUsd").asText()).isEqualTo("0.000000004");
        assertThat(group(answer, "b").get("costUsd").asText()).isEqualTo("0.000000003");
        assertThat(group(answer, "c").get("costUsd").asText()).isEqualTo("0.000000003");
        assertThat(group(answer, "").get("costUsd").asText()).isEqualTo("0.000000007");
        assertThat(group(answer, "a").get("requests").asDouble()).isEqualTo(0.333333333);
        assertThat(group(answer, "").get("requests").isIntegralNumber()).isTrue();
    }

    /** 1,000 × 0.000002; 500 × 0.0000002; 100 × 0.000008; what the price's parts do not explain stands apart. */
    @Test
    void eachTokenClassHasItsPartOfThePrice() {
        SpanRecord.Builder odd = call(spans, "t4", "f", 0, 0, 0);
        odd.getCostBuilder().setTotalNanoUsd(42);
        STORE.put(List.of(call(spans, "t4", "chat", 1000, 500, 100).build(), odd.build()));

        JsonNode answer = ask("t4", ",\"groupBy\":[\"token_class\"]");

        assertThat(group(answer, "in_uncached").get("costUsd").asText()).isEqualTo("0.002");
        assertThat(group(answer, "in_cache_read").get("costUsd").asText()).isEqualTo("0.0001");
        assertThat(group(answer, "in_cache_read").get("inputTokens").asLong()).isEqualTo(500);
        assertThat(group(answer, "out_text").get("costUsd").asText()).isEqualTo("0.0008");
        assertThat(group(answer, "unspecified").get("costUsd").asText()).isEqualTo("0.000000042");
        assertThat(group(answer, "out_text").get("requests").isNull()).isTrue();
        assertThat(answer.at("/total/requests").asLong()).isEqualTo(2);
    }

    @Test
    void everyPartitionOfTheTrafficAddsUpToTheLedger() {
        List<SpanRecord> all = anyWithTags("t5", 600);
        STORE.put(all);
        STORE.put(all.subList(0, 100)); // sent twice
        long ledger = all.stream()
                .filter(span -> span.getCost().getKnown())
                .mapToLong(span -> span.getCost().getTotalNanoUsd())
                .sum();
        long tokens = all.stream()
                .map(SpanRecord::getUsage)
                .mapToLong(it -> it.getInUncached() + it.getInCacheRead() + it.getOutText() + it.getOutReasoning())
                .sum();

        for (String groups : List.of(
                "",
                "\"feature\"",
                "\"customer\"",
                "\"tag\"",
                "\"token_class\"",
                "\"tag\",\"token_class\",\"feature\"",
                "\"feature\",\"model\"",
                "\"attr.plan\",\"session\"",
                "\"output_type\"",
                "\"user\",\"key\"",
                "\"intent\",\"route\",\"provider\",\"prompt_version\",\"environment\",\"region\"")) {
            for (int limit : new int[] {1, 3, 1000}) {
                JsonNode answer = ask("t5", ",\"groupBy\":[%s],\"limit\":%d".formatted(groups, limit));

                assertThat(answer.at("/total/costUsd").asText()).as(groups).isEqualTo(Usd.text(ledger));
                assertThat(answer.at("/total/tokens").asLong()).as(groups).isEqualTo(tokens);
                if (!groups.isEmpty()) {
                    assertThat(sum(answer)).as(groups + " " + limit).isEqualByComparingTo(Usd.text(ledger));
                    assertThat(sumOfTokens(answer)).as(groups + " " + limit).isEqualTo(tokens);
                }
            }
        }
    }

    @Test
    void sealedBucketsGiveTheSameNumbersAsTheSpans() {
        STORE.put(anyWithTags("t6", 400));
        seal();

        for (String groups : List.of("", "\"feature\"", "\"model\",\"provider\"", "\"route\",\"key\"")) {
            String rest = ",\"groupBy\":[%s],\"limit\":2".formatted(groups);

            assertThat(ask("t6", rest, true)).as(groups).isEqualTo(ask("t6", rest, false));
        }
        assertThat(STORE.number("SELECT sum(priced_tokens) FROM rollup_wide_1h FINAL WHERE tenant = 't6'"))
                .isEqualTo(
                        ask("t6", "", true).at("/total/coverage/pricedTokens").asLong());
    }

    /** Customer i costs i nano-dollars: the dearest ten of 100,000, and 4,999,950,000 less theirs for the others. */
    @Test
    void manyCustomersAreOneQueryWithAnExactRest() {
        STORE.reads()
                .run(
                        "INSERT INTO span (tenant, trace_id, span_id, start, kind, is_request, customer, has_cost, cost_known,"
                                + " cost_nano, received_at, retention_days, version) SELECT 't8', reinterpretAsFixedString("
                                + "toUInt128(number + 1)), reinterpretAsFixedString(toUInt64(number + 1)), fromUnixTimestamp64Nano("
                                + NOON.getEpochSecond()
                                + "000000000 + number, 'UTC'), 'model_call', 1, concat('c', toString(number)),"
                                + " 1, 1, number, now(), 400, 1 FROM numbers(100000)",
                        new Bindings());

        JsonNode answer = ask("t8", ",\"groupBy\":[\"customer\"],\"limit\":10");

        assertThat(answer.at("/groups/0/group/customer").asText()).isEqualTo("c99999");
        assertThat(answer.at("/other/groups").asLong()).isEqualTo(99_990);
        assertThat(answer.at("/total/costUsd").asText()).isEqualTo(Usd.text(4_999_950_000L));
        assertThat(answer.at("/other/costUsd").asText()).isEqualTo(Usd.text(4_999_950_000L - 999_945));
        assertThat(sum(answer)).isEqualByComparingTo(Usd.text(4_999_950_000L));
    }

    @Test
    void anotherTenantsCostIsNeverSeen() {
        STORE.put(List.of(call(spans, "t7", "secret", 10, 0, 0).build()));

        assertThat(ask("t7-other", ",\"groupBy\":[\"feature\"],\"include\":[\"units\",\"waste\",\"cache\",\"quality\"]")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void whatIsWrongIsNamedAllAtOnce() {
        assertThatThrownBy(
                        () -> body("{\"groupBy\":[\"colour\",\"tag\"],\"from\":\"now\",\"orderBy\":\"fun\",\"limit\":0,"
                                        + "\"include\":[\"units\",\"x\"]}")
                                .read())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .contains(
                                        "/groupBy/0", "/from", "/to", "/orderBy", "/limit", "/include/1", "/include"));
    }

    private static List<SpanRecord> anyWithTags(String tenant, int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<SpanRecord> all = new ArrayList<>();
        for (SpanRecord span : new Spans(count).any(tenant, NOON, 7000, count)) {
            SpanRecord.Builder tagged = span.toBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                tagged.addTags("tag-" + random.nextInt(5));
            }
            all.add(tagged.build());
        }
        return all;
    }

    private static BigDecimal sum(JsonNode answer) {
        BigDecimal sum = dollars(answer.path("other"));
        for (JsonNode group : answer.get("groups")) {
            sum = sum.add(dollars(group));
        }
        return sum;
    }

    private static BigDecimal dollars(JsonNode numbers) {
        return numbers.path("costUsd").isTextual()
                ? new BigDecimal(numbers.get("costUsd").asText())
                : BigDecimal.ZERO;
    }

    private static long sumOfTokens(JsonNode answer) {
        long sum = answer.at("/other/tokens").asLong();
        for (JsonNode group : answer.get("groups")) {
            sum += group.get("tokens").asLong();
        }
        return sum;
    }

    private static void seal() {
        AllTenantsSealer sealer = new AllTenantsSealer(
                STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(NOON.plusSeconds(86_400), ZoneOffset.UTC));
        for (RollupTable rollup : RollupTable.values()) {
            sealer.seal(
                    rollup,
                    new AllTenantsSealer.Round(
                            Duration.ofDays(3), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
        }
    }
}
