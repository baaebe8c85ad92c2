package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.rollup.Base;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL that splits sums over spans into classes of tokens, what is billed by the piece, and what no part of a price explains.
 *
 * <p>Spans are summed before they are split: a handful of numbers for each group, however many spans there are.
 */
final class TokenClassSql {

    /** What the sums must hold besides {@link Additive}. */
    static final Set<Base> BASES = EnumSet.of(Base.CLASS_TOKENS, Base.CLASS_PRICED_TOKENS, Base.CLASS_COST_NANO);

    private TokenClassSql() {}

    /**
     * Rows with a column {@code u_<additive>} for each class of each group; {@code part.1} is the word of the class, and the
     * first class of a group has its counts.
     *
     * @param partial sums, also of {@link #BASES}
     * @param names   of the columns of the groups, without that of the class
     * @param select  the columns of the groups, with that of the class, a comma after each
     */
    static String of(String partial, List<String> names, String select) {
        String columns = names.stream().map(name -> name + ", ").collect(Collectors.joining());
        String sums = Arrays.stream(Additive.values())
                .map(what -> "sum(u_%1$s) AS s_%1$s, ".formatted(what.column()))
                .collect(Collectors.joining());
        String byClass = BASES.stream()
                .map(base -> base.sumOf("u_" + base.column()) + " AS " + base.column())
                .collect(Collectors.joining(", "));
        String groups = "SELECT " + columns + sums + byClass + " FROM (" + partial + ")"
                + (names.isEmpty() ? "" : " GROUP BY " + String.join(", ", names));
        return "SELECT " + select
                + Arrays.stream(Additive.values())
                        .map(what -> what.ofClass() + " AS u_" + what.column())
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT *, " + parts() + " AS part_list FROM (" + groups
                + ")) ARRAY JOIN part_list AS part, arrayEnumerate(part_list) AS part_no";
    }

    /** Word, tokens, 1e-9 USD and priced tokens of each class; at least one. */
    private static String parts() {
        String words = TokenClasses.WORDS.stream().collect(Collectors.joining("', '", "['", "']"));
        int count = TokenClasses.WORDS.size();
        String tokens =
                "arrayFilter(class -> class.2 != 0 OR mapContains(class_cost_nano, class.1), arrayMap((word, used, priced) ->"
                        + " (word, used, class_cost_nano[word], priced), %s, arrayResize(class_tokens, %d), arrayResize(class_priced_tokens, %d)))"
                                .formatted(words, count, count);
        String pieces =
                "arrayMap(word -> (word, toInt64(0), class_cost_nano[word], toInt64(0)), arrayFilter(word -> NOT has("
                        + words + ", word), mapKeys(class_cost_nano)))";
        String rest = "s_cost - arraySum(mapValues(class_cost_nano))";
        String all =
                "arrayConcat(%1$s, %2$s, arrayFilter(class -> class.3 != 0, [('unspecified', toInt64(0), %3$s, toInt64(0))]))"
                        .formatted(tokens, pieces, rest);
        return "if(empty(%1$s), [('', toInt64(0), toInt64(0), toInt64(0))], %1$s)".formatted(all);
    }
}
