package io.pentameter.aggregation.rollup;

/**
 * SQL that splits spans among their tags: evenly, in whole nano-dollars and tokens, the first tags in the order of the alphabet
 * taking one more where it does not come out even. A span without tags is one row, of the tag that is empty text.
 */
public final class TagShares {

    private TagShares() {}

    /**
     * A subquery with a row for each tag of a span, with the columns {@code tag}, {@code tag_no} (from 1) and {@code tag_count} besides
     * those of the span.
     *
     * @param spans {@code FROM ... WHERE ...}
     */
    public static String of(String spans) {
        return "(SELECT *, tag, tag_no, length(tag_list) AS tag_count FROM (SELECT *, if(empty(tags), [''],"
                + " arraySort(arrayDistinct(arrayMap(t -> toString(t), tags)))) AS tag_list " + spans
                + ") ARRAY JOIN tag_list AS tag, arrayEnumerate(tag_list) AS tag_no)";
    }

    /** The share of a whole number that the row's tag has. */
    public static String share(String number) {
        return "(intDiv(%1$s, toInt64(tag_count)) + if(toInt64(tag_no) <= abs(%1$s %% toInt64(tag_count)), sign(%1$s), 0))"
                .formatted(number);
    }
}
