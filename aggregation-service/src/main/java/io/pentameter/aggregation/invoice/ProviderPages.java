package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The reports of OpenAI ({@code /v1/organization/usage/completions} and {@code /costs}) and Anthropic ({@code
 * /v1/organizations/usage_report/messages} and {@code /cost_report}), page by page as their APIs answer.
 *
 * <p>A report must be grouped by model (costs of OpenAI by line item, of Anthropic by description), else nothing could be said
 * about where a difference is.
 */
final class ProviderPages {

    private final Lines lines;
    private final JsonFields fields;

    ProviderPages(Lines lines) {
        this.lines = lines;
        fields = new JsonFields(lines);
    }

    void read(Invoice.Format format, List<JsonNode> pages) {
        switch (format) {
            case OPENAI_USAGE -> new Buckets(lines, Buckets.Times.SECONDS).visit(pages, this::openAiUsage);
            case OPENAI_COSTS -> new Buckets(lines, Buckets.Times.SECONDS).visit(pages, this::openAiCosts);
            case ANTHROPIC_USAGE -> new Buckets(lines, Buckets.Times.TEXTS).visit(pages, this::anthropicUsage);
            case ANTHROPIC_COST -> new Buckets(lines, Buckets.Times.TEXTS).visit(pages, this::anthropicCost);
            case CSV, FOCUS_CSV -> throw new IllegalArgumentException("a table has no pages: " + format);
        }
    }

    /** {@code input_tokens} has the cached ones in it. */
    private void openAiUsage(String at, int number, LocalDate day, JsonNode result) {
        String model = required(at, result, "model", "the report must be grouped by model (group_by=model)");
        long input = fields.count(at, result, "input_tokens");
        long cached = fields.count(at, result, "input_cached_tokens");
        long written = fields.count(at, result, "input_cache_write_tokens");
        if (cached + written > input) {
            lines.fault(
                    at + "/input_cached_tokens",
                    "cached tokens are part of input_tokens and cannot be more: %d + %d of %d"
                            .formatted(cached, written, input));
            return;
        }
        String tier = result.path("batch").asBoolean() ? "batch" : fields.text(at, result, "service_tier");
        lines.use(
                place(at, number, day, fields.text(at, result, "project_id"), model, "tokens", tier),
                tokens(input - cached - written, cached, written, fields.count(at, result, "output_tokens")),
                fields.count(at, result, "num_model_requests"));
    }

    /** A line item is written {@code gpt-4o-mini-2024-07-18, input}; one of no model stands for itself. */
    private void openAiCosts(String at, int number, LocalDate day, JsonNode result) {
        String item = required(at, result, "line_item", "the report must be grouped by line item (group_by=line_item)");
        int comma = item.lastIndexOf(", ");
        String model = comma > 0 && TokenClass.of(item.substring(comma)).isPresent() ? item.substring(0, comma) : item;
        JsonNode amount = result.path("amount");
        Lines.Place place = place(at, number, day, fields.text(at, result, "project_id"), model, item, "");
        fields.decimal(at + "/amount", amount, "value")
                .ifPresent(value -> lines.charge(
                        place,
                        new Lines.Money(
                                "/amount/value",
                                amount.path("value").asText(),
                                value,
                                fields.text(at + "/amount", amount, "currency"),
                                false,
                                false)));
    }

    private void anthropicUsage(String at, int number, LocalDate day, JsonNode result) {
        String model = required(at, result, "model", "the report must be grouped by model (group_by[]=model)");
        JsonNode creation = result.path("cache_creation");
        long written = fields.count(at + "/cache_creation", creation, "ephemeral_5m_input_tokens")
                + fields.count(at + "/cache_creation", creation, "ephemeral_1h_input_tokens");
        lines.use(
                place(
                        at,
                        number,
                        day,
                        fields.text(at, result, "workspace_id"),
                        model,
                        "tokens",
                        fields.text(at, result, "service_tier")),
                tokens(
                        fields.count(at, result, "uncached_input_tokens"),
                        fields.count(at, result, "cache_read_input_tokens"),
                        written,
                        fields.count(at, result, "output_tokens")),
                -1);
    }

    /** {@code amount} is text in hundredths: "123.45" is 1.2345 dollars. */
    private void anthropicCost(String at, int number, LocalDate day, JsonNode result) {
        String description = required(
                at, result, "description", "the report must be grouped by description (group_by[]=description)");
        String model = fields.text(at, result, "model");
        Lines.Place place = place(
                at,
                number,
                day,
                fields.text(at, result, "workspace_id"),
                model.isEmpty() ? description : model,
                description,
                fields.text(at, result, "service_tier"));
        fields.decimal(at, result, "amount")
                .ifPresent(value -> lines.charge(
                        place,
                        new Lines.Money(
                                "/amount",
                                result.path("amount").asText(),
                                value,
                                fields.text(at, result, "currency"),
                                true,
                                false)));
    }

    private String required(String at, JsonNode result, String field, String why) {
        String text = fields.text(at, result, field);
        if (text.isEmpty()) {
            lines.fault(at + "/" + field, why);
            return "?";
        }
        return text;
    }

    private static Lines.Place place(
            String at, int number, LocalDate day, String project, String model, String item, String tier) {
        return new Lines.Place(at, number, day, day.plusDays(1), project, model, item, tier);
    }

    private static Map<TokenClass, Long> tokens(long input, long read, long written, long output) {
        Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
        tokens.put(TokenClass.INPUT, input);
        tokens.put(TokenClass.CACHE_READ, read);
        tokens.put(TokenClass.CACHE_WRITE, written);
        tokens.put(TokenClass.OUTPUT, output);
        return tokens;
    }
}
