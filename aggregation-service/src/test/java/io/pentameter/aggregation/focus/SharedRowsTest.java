package io.pentameter.aggregation.focus;

import static io.pentameter.aggregation.focus.FocusFiles.BY;
import static io.pentameter.aggregation.focus.FocusFiles.JSON;
import static io.pentameter.aggregation.focus.FocusFiles.NOON;
import static io.pentameter.aggregation.focus.FocusFiles.STORE;
import static io.pentameter.aggregation.focus.FocusFiles.assertValue;
import static io.pentameter.aggregation.focus.FocusFiles.call;
import static io.pentameter.aggregation.focus.FocusFiles.csv;
import static io.pentameter.aggregation.focus.FocusFiles.rows;
import static io.pentameter.aggregation.focus.FocusFiles.specified;
import static io.pentameter.aggregation.focus.FocusFiles.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.pool.SharedCosts;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.statistics.attribution.FocusFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shares of pools as rows of the file. */
class SharedRowsTest {

    /** A call of 0.0035 and a pool of 10: two thirds and one third of the 8.5 that is used, less a nano-dollar that is nobody's, and 1.5 idle. */
    @Test
    void aShareOfAPoolIsAPurchaseOfItsElement() throws IOException {
        STORE.put(List.of(call("f6", "gpt", "acme")));
        List<SharedCosts.Share> shares = List.of(
                share(SharedCosts.Part.SHARED, List.of("chat", "acme"), "5.666666666"),
                share(SharedCosts.Part.SHARED, List.of("search", ""), "2.833333333"),
                share(SharedCosts.Part.UNALLOCATED, List.of(), "0.000000001"),
                share(SharedCosts.Part.IDLE, List.of(), "1.5"));

        List<Map<String, String>> rows = rows(csv("f6", "1.3", 1, shares));

        assertThat(rows).hasSize(6);
        assertThat(rows.stream()
                        .map(row -> new BigDecimal(value(row, "BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("10.0035");
        for (JsonNode column : specified().get("columns")) {
            for (Map<String, String> row : rows) {
                assertValue(column, row);
            }
        }
        assertThat(rows).extracting(row -> value(row, "x_CostBasis")).containsOnly("ledger", "allocated");
        Map<String, String> chat = rows.stream()
                .filter(row -> value(row, "BilledCost").equals("5.666666666"))
                .findFirst()
                .orElseThrow();
        assertThat(chat)
                .containsEntry("ChargeCategory", "Purchase")
                .containsEntry("ChargeClass", "")
                .containsEntry("ChargeFrequency", "Recurring")
                .containsEntry("ChargeDescription", "Vector store")
                .containsEntry("ServiceName", "Vector store")
                .containsEntry("ServiceCategory", "Databases")
                .containsEntry("ConsumedQuantity", "")
                .containsEntry("PricingQuantity", "5.666666666")
                .containsEntry("PricingUnit", "USD")
                .containsEntry("ListUnitPrice", "1")
                .containsEntry("Tags", "{}")
                .containsEntry("SkuId", "pool_1")
                .containsEntry("x_PoolPart", "shared")
                .containsEntry("x_PriceBasis", "as_priced_now")
                .containsEntry("AllocatedMethodId", "metered:tokens")
                .containsEntry("AllocatedResourceId", "feature=chat,customer=acme")
                .containsEntry("ChargePeriodStart", FocusFormat.time(NOON.truncatedTo(ChronoUnit.DAYS)))
                .containsEntry(
                        "ChargePeriodEnd",
                        FocusFormat.time(NOON.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))));
        assertThat(JSON.readTree(value(chat, "AllocatedTags")).get("customer").asText())
                .isEqualTo("acme");
        assertThat(rows).extracting(row -> value(row, "AllocatedResourceId")).contains("feature=search", "");
        assertThat(rows.stream().filter(row -> value(row, "x_CostBasis").equals("allocated")))
                .allMatch(row -> value(row, "AllocatedMethodId").equals("metered:tokens"));
        List<Map<String, String>> former = rows(csv("f6", "1.2", 24, shares));
        assertThat(former).hasSize(6);
        assertThat(former).extracting(row -> value(row, "Tags")).anyMatch(tags -> tags.contains("\"search\""));
    }

    /** As many shares as one file may have are written, and add up; one more is refused with what helps. */
    @Test
    void theLimitOfSharesHoldsOnBothSides() throws IOException {
        List<SharedCosts.Share> most = shares(SharedRows.MAX_SHARES);

        List<Map<String, String>> rows = rows(csv("f7", "1.3", 24, most));

        assertThat(rows).hasSize(SharedRows.MAX_SHARES);
        assertThat(rows.stream()
                        .map(row -> new BigDecimal(value(row, "BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(new SharedRows(most, BY).total());
        assertThatThrownBy(() -> new SharedRows(shares(SharedRows.MAX_SHARES + 1), BY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("10001 shares")
                .hasMessageContaining("at most 10000")
                .hasMessageContaining("shared=exclude");
    }

    @Test
    void theLimitOfLettersHoldsOnBothSides() throws IOException {
        int letters = SharedRows.MAX_LETTERS - "Vector store".length();
        List<SharedCosts.Share> most =
                List.of(share(SharedCosts.Part.SHARED, List.of("f".repeat(letters - 1), "c"), "1"));
        List<SharedCosts.Share> more = List.of(share(SharedCosts.Part.SHARED, List.of("f".repeat(letters), "c"), "1"));

        assertThat(rows(csv("f8", "1.3", 24, most))).hasSize(1);
        assertThatThrownBy(() -> new SharedRows(more, BY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("200000 letters");
    }

    /** Each of another customer, some of them dearer. */
    private static List<SharedCosts.Share> shares(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> share(
                        SharedCosts.Part.SHARED,
                        List.of("chat", "c" + i),
                        new BigDecimal(BigInteger.valueOf(1 + i), 9).toPlainString()))
                .toList();
    }

    private static SharedCosts.Share share(SharedCosts.Part part, List<String> element, String usd) {
        return new SharedCosts.Share(
                LocalDate.ofInstant(NOON, ZoneOffset.UTC),
                new SharedCosts.PoolName("pool_1", 17, "Vector store", "vector_store", "metered", "tokens"),
                part,
                element,
                new BigDecimal(usd));
    }
}
