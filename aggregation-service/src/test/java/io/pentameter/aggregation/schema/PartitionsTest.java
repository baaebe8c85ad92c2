package io.pentameter.aggregation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine looks for versions of a row in its partition only: no two versions may lie in two. */
class PartitionsTest {

    private static final Store STORE = Store.of("partitions_test");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    /** What a partition is made of and the key is not. */
    private static final Map<String, Set<String>> BESIDE_THE_KEY = Map.of(
            "span", Set.of("retention_days"), // the same for every row: see below
            "client_metric", Set.of("retention_days"),
            "span_payload", Set.of("retention_days", "start"), // the start of a span never changes
            "span_open", Set.of("start"),
            "split_trace", Set.of("start"), // read as the least of all rows
            "repriced_span", Set.of("generation")); // another generation's row is another row

    @Test
    void whatAPartitionIsMadeOfIsInTheKeyOrNeverChanges() {
        Set<String> columns = new TreeSet<>(STORE.all(
                "SELECT DISTINCT name FROM system.columns WHERE database = 'partitions_test'",
                row -> row.getString(1)));
        Map<String, Set<String>> beside = new TreeMap<>();
        List<List<String>> tables = STORE.all(
                "SELECT name, partition_key, sorting_key FROM system.tables WHERE database = 'partitions_test'"
                        + " AND partition_key != ''",
                row -> List.of(row.getString(1), row.getString(2), row.getString(3)));
        for (List<String> table : tables) {
            Set<String> ofPartition = words(table.get(1), columns);
            ofPartition.removeAll(words(table.get(2), columns));
            if (!ofPartition.isEmpty()) {
                beside.put(table.getFirst(), ofPartition);
            }
        }

        assertThat(tables).hasSizeGreaterThan(10);
        assertThat(beside).isEqualTo(new TreeMap<>(BESIDE_THE_KEY));
    }

    /** However long its tenant keeps: a span that is told again after that changed replaces itself. */
    @Test
    void everySpanIsStoredWithTheSameRetention() {
        Spans spans = new Spans(91);
        SpanRecord span = spans.request("anyone", Spans.noon())
                .setPayload(Payload.newBuilder().setInput("question"))
                .build();
        SpanRecord again = span.toBuilder()
                .setReceivedAtUs(span.getReceivedAtUs() + 86_400_000_000L)
                .build();
        STORE.put(List.of(span));
        STORE.put(List.of(again, spans.request("another", Spans.noon()).build()));

        assertThat(STORE.all("SELECT DISTINCT retention_days FROM span", row -> row.getLong(1)))
                .containsExactly(400L);
        assertThat(STORE.number("SELECT count() FROM span FINAL WHERE tenant = 'anyone'"))
                .isEqualTo(1);
        assertThat(STORE.number("SELECT count() FROM span_payload FINAL WHERE tenant = 'anyone'"))
                .isEqualTo(1);
    }

    private static Set<String> words(String key, Set<String> columns) {
        return WORD.matcher(key)
                .results()
                .map(match -> match.group())
                .filter(columns::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
