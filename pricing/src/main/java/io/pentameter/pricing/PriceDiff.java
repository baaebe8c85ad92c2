package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two files say of a model. */
final class PriceDiff {

    /** A price that becomes more than so many times as high or as low is taken for a mistake, until somebody says not. */
    static final BigDecimal SUSPICIOUS = BigDecimal.valueOf(3);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private PriceDiff() {}

    /** Prices that differ, in the order of their names. */
    static List<ImportReport.Change> of(String id, JsonNode before, JsonNode after, SourceFormat format) {
        SortedMap<String, BigDecimal> old = prices(before, format);
        SortedMap<String, BigDecimal> now = prices(after, format);
        SortedSet<String> fields = new TreeSet<>(old.keySet());
        fields.addAll(now.keySet());
        List<ImportReport.Change> changes = new ArrayList<>();
        for (String field : fields) {
            BigDecimal was = old.get(field);
            BigDecimal is = now.get(field);
            if (was == null || is == null || was.compareTo(is) != 0) {
                changes.add(new ImportReport.Change(id, field, was, is, percent(was, is)));
            }
        }
        return changes;
    }

    /** Why the changes are suspicious; empty if none is. */
    static String suspicion(List<ImportReport.Change> changes) {
        for (ImportReport.Change change : changes) {
            BigDecimal before = change.before();
            BigDecimal after = change.after();
            if (before == null || after == null || before.signum() == 0) {
                continue;
            }
            boolean isHigh = after.compareTo(before.multiply(SUSPICIOUS)) > 0;
            boolean isLow = after.multiply(SUSPICIOUS).compareTo(before) < 0;
            if (isHigh || isLow) {
                return "%s: changes by more than a factor of %s: %s to %s"
                        .formatted(change.field(), SUSPICIOUS, before.toPlainString(), after.toPlainString());
            }
        }
        return "";
    }

    /** Each price of a model by where it stands. */
    static SortedMap<String, BigDecimal> prices(JsonNode model, SourceFormat format) {
        SortedMap<String, BigDecimal> prices = new TreeMap<>();
        switch (format) {
            case LITELLM -> litellm(model, prices);
            case GENAI -> {
                JsonNode given = model.path("prices");
                if (given.isObject()) {
                    numbers("", given, prices);
                } else {
                    for (JsonNode period : given) {
                        JsonNode constraint = period.path("constraint");
                        String from = constraint
                                .path("start_date")
                                .asText(constraint.path("start_time").asText());
                        numbers(from.isEmpty() ? "" : from + "/", period.path("prices"), prices);
                    }
                }
            }
        }
        return prices;
    }

    private static void litellm(JsonNode model, SortedMap<String, BigDecimal> prices) {
        for (Map.Entry<String, JsonNode> field : model.properties()) {
            if (field.getKey().contains("cost") || field.getKey().startsWith("regional_processing_uplift")) {
                numbers(field.getKey(), field.getValue(), prices);
            }
        }
    }

    private static void numbers(String path, JsonNode node, SortedMap<String, BigDecimal> numbers) {
        if (node.isNumber()) {
            numbers.put(path, node.decimalValue());
        } else if (node.isObject()) {
            String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
            node.properties().forEach(member -> numbers(prefix + member.getKey(), member.getValue(), numbers));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                numbers(path + "/" + i, node.get(i), numbers);
            }
        }
    }

    private static @Nullable BigDecimal percent(@Nullable BigDecimal before, @Nullable BigDecimal after) {
        return before == null || after == null || before.signum() == 0
                ? null
                : after.subtract(before).multiply(HUNDRED).divide(before, 2, RoundingMode.HALF_EVEN);
    }
}
