package io.pentameter.aggregation.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes filters of what is sent, or says for each part what is wrong with it. */
public final class FilterReader {

    private static final List<String> TEXT_OPS = List.of("eq", "ne", "in", "not_in", "exists", "contains");
    private static final List<String> NUMBER_OPS = List.of("eq", "gt", "gte", "lt", "lte");
    private static final String TAG = "tag";

    private final List<Fault> faults;
    private final boolean ofOutcomes;

    public FilterReader(List<Fault> faults) {
        this(faults, false);
    }

    /** @param ofOutcomes whether dimensions that only outcomes have are meant too */
    public FilterReader(List<Fault> faults, boolean ofOutcomes) {
        this.faults = faults;
        this.ofOutcomes = ofOutcomes;
    }

    public List<Filter> read(@Nullable List<@Nullable FilterBody> bodies) {
        List<Filter> filters = new ArrayList<>();
        if (bodies == null) {
            return filters;
        }
        if (bodies.size() > FilterLimits.MAX_FILTERS) {
            fault("/filters", "at most %d filters are allowed: %d".formatted(FilterLimits.MAX_FILTERS, bodies.size()));
            return filters;
        }
        for (int i = 0; i < bodies.size(); i++) {
            FilterBody body = bodies.get(i);
            if (body == null) {
                fault("/filters/" + i, "must be an object with dimension, op and value");
            } else {
                read("/filters/" + i, body).ifPresent(filters::add);
            }
        }
        return filters;
    }

    private Optional<Filter> read(String pointer, FilterBody body) {
        String word = body.dimension() == null ? "" : body.dimension();
        String op = body.op() == null ? "" : body.op();
        Optional<Quantity> quantity = Quantity.of(word);
        if (quantity.isPresent()) {
            return compared(pointer, quantity.get(), op, body.value());
        }
        if (word.equals(TAG)) {
            return tag(pointer, op, body.value());
        }
        Optional<Dimension> dimension =
                Dimension.of(word).or(() -> ofOutcomes ? Dimension.ofOutcomes(word) : Optional.empty());
        if (dimension.isEmpty()) {
            List<String> allowed = Stream.of(Dimension.words(), List.of(TAG), Quantity.words())
                    .flatMap(List::stream)
                    .toList();
            fault(pointer + "/dimension", "is not known: '%s'; known are %s".formatted(word, allowed));
            return Optional.empty();
        }
        if (!TEXT_OPS.contains(op)) {
            fault(pointer + "/op", "must be one of %s for %s: '%s'".formatted(TEXT_OPS, word, op));
            return Optional.empty();
        }
        return text(pointer + "/value", dimension.get(), op, body.value());
    }

    private Optional<Filter> text(String pointer, Dimension dimension, String op, @Nullable JsonNode value) {
        return switch (op) {
            case "exists" -> {
                if (value != null && !value.isNull() && !value.isBoolean()) {
                    fault(pointer, "must be true or false: " + value);
                    yield Optional.empty();
                }
                yield Optional.of(new Filter.Exists(dimension, value == null || value.isNull() || value.asBoolean()));
            }
            case "in", "not_in" ->
                list(pointer, value).map(values -> new Filter.OneOf(dimension, op.equals("not_in"), values));
            case "contains" -> scalar(pointer, value).map(text -> new Filter.Contains(dimension, text));
            default -> scalar(pointer, value).map(text -> new Filter.OneOf(dimension, op.equals("ne"), List.of(text)));
        };
    }

    private Optional<Filter> tag(String pointer, String op, @Nullable JsonNode value) {
        if (!op.equals("eq")) {
            fault(pointer + "/op", "must be eq for tag: '%s'".formatted(op));
            return Optional.empty();
        }
        return scalar(pointer + "/value", value).map(Filter.HasTag::new);
    }

    private Optional<Filter> compared(String pointer, Quantity quantity, String op, @Nullable JsonNode value) {
        if (!NUMBER_OPS.contains(op)) {
            fault(pointer + "/op", "must be one of %s for %s: '%s'".formatted(NUMBER_OPS, quantity.word(), op));
            return Optional.empty();
        }
        String operator = switch (op) {
            case "gt" -> ">";
            case "gte" -> ">=";
            case "lt" -> "<";
            case "lte" -> "<=";
            default -> "=";
        };
        try {
            BigDecimal number = new BigDecimal(value == null ? "" : value.asText());
            var _ = quantity.scaled(number);
            return Optional.of(new Filter.Compared(quantity, operator, number));
        } catch (ArithmeticException | NumberFormatException _) {
            fault(pointer + "/value", "must be a number: " + value);
            return Optional.empty();
        }
    }

    private Optional<List<String>> list(String pointer, @Nullable JsonNode value) {
        if (value == null || !value.isArray() || value.isEmpty() || value.size() > FilterLimits.MAX_FILTER_VALUES) {
            fault(pointer, "must be a list of 1 to %d texts".formatted(FilterLimits.MAX_FILTER_VALUES));
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            scalar(pointer + "/" + i, value.get(i)).ifPresent(texts::add);
        }
        return texts.size() == value.size() ? Optional.of(texts) : Optional.empty();
    }

    /** Null means not known, which is stored as the empty text. */
    private Optional<String> scalar(String pointer, @Nullable JsonNode value) {
        if (value == null || value.isContainerNode() || value.asText().length() > FilterLimits.MAX_TEXT) {
            fault(pointer, "must be a text of at most %d characters".formatted(FilterLimits.MAX_TEXT));
            return Optional.empty();
        }
        return Optional.of(value.isNull() ? "" : value.asText());
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
