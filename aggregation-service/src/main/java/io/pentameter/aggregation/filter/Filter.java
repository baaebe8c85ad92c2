package io.pentameter.aggregation.filter;

import io.pentameter.aggregation.engine.Bindings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A condition on spans. */
public sealed interface Filter {

    /** @param values how a dimension's value is written over the tables at hand */
    String sql(Bindings bindings, Function<Dimension, String> values);

    /** The dimension that it looks at; empty if it looks at something that only spans have. */
    Optional<Dimension> dimensionOrEmpty();

    /** The value of the dimension is one of {@code values}, or none of them if {@code negated}; empty means not known. */
    record OneOf(Dimension dimension, boolean negated, List<String> values) implements Filter {

        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public String sql(Bindings bindings, Function<Dimension, String> dimensions) {
            String left = dimensions.apply(dimension);
            String operator = negated ? " NOT IN " : " IN ";
            if (values.size() == 1) { // so that skip indexes are used
                return left + (negated ? " != " : " = ") + bindings.text(values.getFirst());
            }
            return left + operator + bindings.texts(values);
        }

        @Override
        public Optional<Dimension> dimensionOrEmpty() {
            return Optional.of(dimension);
        }
    }

    /** The value of the dimension is known, or not. */
    record Exists(Dimension dimension, boolean known) implements Filter {

        @Override
        public String sql(Bindings bindings, Function<Dimension, String> dimensions) {
            return dimensions.apply(dimension) + (known ? " != ''" : " = ''");
        }

        @Override
        public Optional<Dimension> dimensionOrEmpty() {
            return Optional.of(dimension);
        }
    }

    /** The text is part of the value, in any case of the letters. */
    record Contains(Dimension dimension, String text) implements Filter {

        @Override
        public String sql(Bindings bindings, Function<Dimension, String> dimensions) {
            return "positionCaseInsensitiveUTF8(" + dimensions.apply(dimension) + ", " + bindings.text(text) + ") > 0";
        }

        @Override
        public Optional<Dimension> dimensionOrEmpty() {
            return Optional.of(dimension);
        }
    }

    /** A tag of the span. */
    record HasTag(String tag) implements Filter {

        @Override
        public String sql(Bindings bindings, Function<Dimension, String> dimensions) {
            return "has(tags, " + bindings.text(tag) + ")";
        }

        @Override
        public Optional<Dimension> dimensionOrEmpty() {
            return Optional.empty();
        }
    }

    /**
     * A quantity compared.
     *
     * @param operator SQL, one of {@code > >= < <= =}
     */
    record Compared(Quantity quantity, String operator, BigDecimal value) implements Filter {

        @Override
        public String sql(Bindings bindings, Function<Dimension, String> dimensions) {
            return "(" + quantity.known() + " AND " + quantity.sql() + " " + operator + " "
                    + bindings.number(quantity.scaled(value)) + ")";
        }

        @Override
        public Optional<Dimension> dimensionOrEmpty() {
            return Optional.empty();
        }
    }
}
