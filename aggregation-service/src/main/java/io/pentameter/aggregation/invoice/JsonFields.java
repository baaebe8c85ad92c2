package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.csv.CsvTable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads fields of a page that a provider made, and says what is wrong with them. */
final class JsonFields {

    /** No exponents and no thousands: what a person sees is what is meant. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private final Lines lines;

    JsonFields(Lines lines) {
        this.lines = lines;
    }

    /** The text; empty if it is absent or null. */
    String text(String at, JsonNode object, String field) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual() || node.asText().length() > CsvTable.MAX_FIELD) {
            lines.fault(at + "/" + field, "must be a text of at most %d characters".formatted(CsvTable.MAX_FIELD));
            return "";
        }
        return node.asText().strip();
    }

    /** A count of 0 or more; 0 if it is absent or null. A text is refused, even one of digits. */
    long count(String at, JsonNode object, String field) {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0 || node.asLong() > MAX_COUNT) {
            lines.fault(at + "/" + field, "must be a whole number from 0 to %d: %s".formatted(MAX_COUNT, shown(node)));
            return 0;
        }
        return node.asLong();
    }

    /** Tokens or requests of one line. */
    static final long MAX_COUNT = 1_000_000_000_000_000L;

    /** A decimal, as a number or as text of digits; anything else (NaN, 1,000, an exponent in a text) is refused. */
    Optional<BigDecimal> decimal(String at, JsonNode object, String field) {
        JsonNode node = object.path(field);
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        Optional<BigDecimal> value = node.isTextual() ? decimal(node.asText()) : Optional.empty();
        if (value.isEmpty()) {
            lines.fault(at + "/" + field, "must be a decimal number such as 12.50: %s".formatted(shown(node)));
        }
        return value;
    }

    static Optional<BigDecimal> decimal(String text) {
        String stripped = text.strip();
        return DECIMAL.matcher(stripped).matches() ? Optional.of(new BigDecimal(stripped)) : Optional.empty();
    }

    /** Seconds since 1970. */
    Optional<Instant> seconds(String at, JsonNode object, String field) {
        JsonNode node = object.path(field);
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            Optional<Instant> instant = plausible(() -> Instant.ofEpochSecond(node.asLong()));
            if (instant.isPresent()) {
                return instant;
            }
        }
        lines.fault(at + "/" + field, "must be seconds since 1970, from 2000 to 2199: %s".formatted(shown(node)));
        return Optional.empty();
    }

    /** ISO 8601 with an offset. */
    Optional<Instant> instant(String at, JsonNode object, String field) {
        Optional<Instant> instant = instant(object.path(field).asText());
        if (instant.isEmpty()) {
            lines.fault(
                    at + "/" + field,
                    "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: %s"
                            .formatted(shown(object.path(field))));
        }
        return instant;
    }

    static Optional<Instant> instant(String text) {
        return plausible(() -> OffsetDateTime.parse(text).toInstant());
    }

    private static Optional<Instant> plausible(java.util.function.Supplier<Instant> instant) {
        try {
            return Optional.of(instant.get()).filter(it -> !it.isBefore(FIRST) && it.isBefore(LAST));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "absent" : node.toString();
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
