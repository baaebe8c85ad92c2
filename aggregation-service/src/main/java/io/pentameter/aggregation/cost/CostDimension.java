package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** By what cost is attributed: a dimension of the span, or one that splits a span into parts. */
public sealed interface CostDimension {

    /** As in the API. */
    String word();

    /** A property of the span; the span is in one group. */
    record OfSpan(Dimension dimension) implements CostDimension {

        @Override
        public String word() {
            return dimension.word();
        }
    }

    /** Its tags: a span with several is split evenly among them, one without any is in the group that has none. */
    record Tag() implements CostDimension {

        static final String WORD = "tag";

        @Override
        public String word() {
            return WORD;
        }
    }

    /** What was used: uncached input, cache reads, output ... A span is split as its price was. */
    record TokenClass() implements CostDimension {

        static final String WORD = "token_class";

        @Override
        public String word() {
            return WORD;
        }
    }

    static Optional<CostDimension> of(String word) {
        return switch (word) {
            case Tag.WORD -> Optional.of(new Tag());
            case TokenClass.WORD -> Optional.of(new TokenClass());
            default -> Dimension.of(word).map(OfSpan::new);
        };
    }

    /** All words, any {@code attr.<name>} besides. */
    static List<String> words() {
        return Stream.concat(Dimension.words().stream(), Stream.of(Tag.WORD, TokenClass.WORD))
                .toList();
    }

    /** Column of a rollup, or of a span or what it is split into; empty if it is computed. */
    default String column() {
        return switch (this) {
            case OfSpan(Dimension dimension) -> dimension.column();
            case Tag _ -> Tag.WORD;
            case TokenClass _ -> "";
        };
    }

    /** Its value as text over spans; {@code tag} and {@code part} are columns of the split rows. */
    default String sql(Bindings bindings) {
        return sql(dimension -> dimension.sql(bindings));
    }

    /** @param values how a dimension's value is written over the table at hand */
    default String sql(Function<Dimension, String> values) {
        return switch (this) {
            case OfSpan(Dimension dimension) -> "toString(" + values.apply(dimension) + ")";
            case Tag _ -> "toString(tag)";
            case TokenClass _ -> "part.1";
        };
    }
}
