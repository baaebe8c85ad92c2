package io.pentameter.alert.request;

import io.pentameter.alert.store.PostgresTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of lists in the order in which their entries were made; rows have {@code createdAt} and {@code id}. */
public final class PostgresPages {

    private PostgresPages() {}

    /**
     * The next rows of the transaction's tenant.
     *
     * @param after the entry before them; absent: from the beginning
     * @param max   most rows
     */
    public static <T> List<T> of(PostgresTransaction transaction, Class<T> row, @Nullable Cursor after, int max) {
        Map<String, Object> parameters = new HashMap<>();
        String where = "";
        if (after != null) {
            where = "where createdAt > :at or createdAt = :at and id > :id";
            parameters.put("at", after.at());
            parameters.put("id", after.id());
        }
        return transaction.list(
                row, "from %s %s order by createdAt, id".formatted(row.getSimpleName(), where), parameters, max);
    }
}
