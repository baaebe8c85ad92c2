package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.mapping.DimensionColumns;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table of spans into what is shown of it. */
final class SqlSpanRow {

    private static final List<String> DIMENSIONS =
            Stream.concat(DimensionColumns.NAMES.stream(), Stream.of("dialect")).toList();

    /** Columns to select, with the aliases that {@link #of} reads. */
    static final String COLUMNS = """
            lower(hex(span_id)) AS span, lower(hex(parent_span_id)) AS parent, name, kind, is_request,
            toUnixTimestamp64Nano(start) AS start_ns, duration_ns, ttft_ns, error, failure, failure_detail, severity,
            failure_rule, failure_hidden, error_type, error_message, http_status, lower(hex(attempt_group)) AS attempt,
            attempt_number, attempt_of, attempt_superseded, response_id, intent_source, intent_confidence, intent_model,
            language_source, language_confidence, language_model, usage_source, usage_reading, usage_reported_in, service_tier,
            usage_repeated, client_reported_in, %s, has_usage, %s, has_cost, cost_known, cost_nano, cost_unknown_reason, price_version, price_id,
            client_cost_nano, cost_buckets, cost_units, cost_unit_prices, cost_parts_nano,
            mapKeys(attrs) AS attr_keys, mapValues(attrs) AS attr_values, tags, warnings, redacted, input_size, output_size,
            payload_truncated, finish_reason, toUInt64(toUnixTimestamp64Micro(received_at)) AS span_version""".formatted(String.join(", ", DIMENSIONS), String.join(", ", TokenClasses.WORDS));

    private SqlSpanRow() {}

    /** @param repriced what the span costs now, if that is not what it came with */
    static SpanView of(
            ResultSet row,
            SpanView.@Nullable Priced repriced,
            SpanView.@Nullable PayloadView payload,
            List<SpanView.TraceScore> scores)
            throws SQLException {
        String parent = row.getString("parent");
        boolean isRepeated = row.getBoolean("usage_repeated");
        Map<String, Long> usage = row.getBoolean("has_usage") ? usage(row) : null;
        long ttft = row.getLong("ttft_ns");
        return new SpanView(
                row.getString("span"),
                parent.equals("0000000000000000") ? null : parent,
                row.getString("name"),
                row.getString("kind"),
                row.getBoolean("is_request"),
                false,
                instant(row.getLong("start_ns")),
                seconds(row.getLong("duration_ns")),
                ttft < 0 ? null : seconds(ttft),
                row.getBoolean("error"),
                failure(row),
                attempt(row),
                dimensions(row),
                classified(row),
                row.getString("response_id"),
                isRepeated ? null : usage,
                isRepeated ? usage : null,
                usage == null ? null : origin(row),
                row.getBoolean("has_cost") && !isRepeated ? cost(row, repriced) : null,
                attributes(row),
                ArrayColumn.texts(row, "tags"),
                warnings(row, isRepeated),
                ArrayColumn.texts(row, "redacted"),
                payload,
                scores);
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    static double seconds(long nanos) {
        return nanos / 1e9;
    }

    static String dollars(long nano) {
        BigDecimal dollars = BigDecimal.valueOf(nano, 9).stripTrailingZeros();
        return dollars.toPlainString();
    }

    private static SpanView.@Nullable FailureView failure(ResultSet row) throws SQLException {
        String word = row.getString("failure");
        if (word.isEmpty() && !row.getBoolean("error")) {
            return null;
        }
        int status = row.getInt("http_status");
        return new SpanView.FailureView(
                word,
                row.getString("failure_detail"),
                row.getString("severity"),
                row.getString("failure_rule"),
                row.getBoolean("failure_hidden"),
                row.getString("error_type"),
                row.getString("error_message"),
                status == 0 ? null : status);
    }

    private static SpanView.@Nullable AttemptView attempt(ResultSet row) throws SQLException {
        int number = row.getInt("attempt_number");
        return number == 0
                ? null
                : new SpanView.AttemptView(
                        row.getString("attempt"),
                        number,
                        row.getInt("attempt_of"),
                        row.getBoolean("attempt_superseded"));
    }

    private static Map<String, SpanView.ClassifiedView> classified(ResultSet row) throws SQLException {
        Map<String, SpanView.ClassifiedView> classified = new LinkedHashMap<>();
        for (String name : List.of("intent", "language")) {
            if (!row.getString(name + "_source").isEmpty()) {
                classified.put(
                        name,
                        new SpanView.ClassifiedView(
                                row.getString(name + "_source"),
                                new BigDecimal(row.getString(name + "_confidence")).doubleValue(),
                                row.getString(name + "_model")));
            }
        }
        return classified;
    }

    private static SpanView.UsageOriginView origin(ResultSet row) throws SQLException {
        return new SpanView.UsageOriginView(
                row.getString("usage_source"),
                row.getString("usage_reading"),
                row.getString("usage_reported_in"),
                row.getString("service_tier"));
    }

    /** The word that ingest has for the same, where the calls came together. */
    private static List<String> warnings(ResultSet row, boolean isRepeated) throws SQLException {
        List<String> warnings = new ArrayList<>(ArrayColumn.texts(row, "warnings"));
        if (isRepeated) {
            warnings.add("usage_not_counted");
        }
        return warnings;
    }

    private static Map<String, String> dimensions(ResultSet row) throws SQLException {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (String name : DIMENSIONS) {
            String value = row.getString(name);
            if (!value.isEmpty()) {
                dimensions.put(name, value);
            }
        }
        return dimensions;
    }

    private static Map<String, Long> usage(ResultSet row) throws SQLException {
        Map<String, Long> usage = new LinkedHashMap<>();
        for (String name : TokenClasses.WORDS) {
            usage.put(name, row.getLong(name));
        }
        return usage;
    }

    private static SpanView.CostView cost(ResultSet row, SpanView.@Nullable Priced repriced) throws SQLException {
        boolean known = row.getBoolean("cost_known");
        SpanView.Priced billed = new SpanView.Priced(
                known,
                known ? dollars(row.getLong("cost_nano")) : null,
                row.getString("cost_unknown_reason"),
                row.getString("price_version"),
                row.getString("price_id"),
                parts(row, "cost_buckets", "cost_units", "cost_unit_prices", "cost_parts_nano"));
        SpanView.Priced now = repriced == null ? billed : repriced;
        long client = row.getLong("client_cost_nano");
        return new SpanView.CostView(
                now.known(),
                now.usd(),
                now.unknownReason(),
                now.priceVersion(),
                now.priceId(),
                now.parts(),
                client < 0 ? null : dollars(client),
                row.getString("client_reported_in"),
                now.equals(billed) ? null : billed);
    }

    /** Components from four columns of lists. */
    static List<SpanView.CostPart> parts(ResultSet row, String words, String counts, String unitPrices, String nanos)
            throws SQLException {
        List<String> buckets = ArrayColumn.texts(row, words);
        List<String> units = ArrayColumn.texts(row, counts);
        List<String> prices = ArrayColumn.texts(row, unitPrices);
        List<String> amounts = ArrayColumn.texts(row, nanos);
        List<SpanView.CostPart> parts = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            parts.add(new SpanView.CostPart(
                    buckets.get(i),
                    Long.parseLong(units.get(i)),
                    prices.get(i),
                    dollars(Long.parseLong(amounts.get(i)))));
        }
        return parts;
    }

    private static Map<String, String> attributes(ResultSet row) throws SQLException {
        List<String> keys = ArrayColumn.texts(row, "attr_keys");
        List<String> values = ArrayColumn.texts(row, "attr_values");
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            attributes.put(keys.get(i), values.get(i));
        }
        return attributes;
    }
}
