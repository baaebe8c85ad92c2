package io.pentameter.aggregation.engine;

import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a column that is an array; the driver's own arrays are of one component type or another, as the column is. */
public final class ArrayColumn {

    private ArrayColumn() {}

    /** The column's values as texts, in their order; empty if there are none. */
    public static List<String> texts(ResultSet row, String column) throws SQLException {
        Object values = row.getArray(column).getArray();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Array.getLength(values); i++) {
            texts.add(String.valueOf(Array.get(values, i)));
        }
        return texts;
    }

    /** Two columns of the same length as a map, by key. */
    public static Map<String, String> map(ResultSet row, String keys, String values) throws SQLException {
        List<String> names = texts(row, keys);
        List<String> texts = texts(row, values);
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), texts.get(i));
        }
        return map;
    }
}
