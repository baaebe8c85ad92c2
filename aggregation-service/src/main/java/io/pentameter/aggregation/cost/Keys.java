package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import java.util.List;
import java.util.stream.Collectors;

/** One text for each group that is shown, and one for all others together, so that the rest of an answer needs no list of all. */
public final class Keys {

    /** Of the groups that are not shown. */
    public static final String OTHER = "\u001e";

    private static final String SEPARATOR = "\u001f";

    private Keys() {}

    /** @param values one for each dimension */
    public static String of(List<String> values) {
        return String.join(SEPARATOR, values);
    }

    /**
     * The key of a row, as SQL.
     *
     * @param values SQL of the dimensions' values
     * @param shown  values of the groups that are shown
     */
    public static String sql(List<String> values, List<List<String>> shown, Bindings bindings) {
        if (values.isEmpty()) {
            return "''";
        }
        String key =
                values.stream().collect(Collectors.joining(", ", "arrayStringConcat([", "], '" + SEPARATOR + "')"));
        String keys = bindings.texts(shown.stream().map(Keys::of).toList());
        return "if(" + key + " IN " + keys + ", " + key + ", '" + OTHER + "')";
    }
}
