package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.csv.CsvTable;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pools from a table: {@code name,kind,amount_usd,period,from,to,driver,measure,weights,target,then,capacity}; weights are
 * written {@code search=2;chat=1}.
 */
final class PoolCsv {

    /** Rows of a table, and so pools of one import. */
    static final int MAX_ROWS = 200;

    private static final List<String> REQUIRED = List.of("name", "kind", "amount_usd", "period", "from");

    private final List<Fault> faults;

    /** @param faults takes what is wrong, under {@code /rows/<row>}, the header being row 1 */
    PoolCsv(List<Fault> faults) {
        this.faults = faults;
    }

    /** Terms in the order of the rows; incomplete if there are faults. */
    List<Pool.Terms> read(String text) {
        CsvTable table;
        try {
            table = CsvTable.of(text, MAX_ROWS);
        } catch (CsvTable.BadCsvException e) {
            faults.add(new Fault("/rows/" + e.row(), String.valueOf(e.getMessage())));
            return List.of();
        }
        REQUIRED.stream()
                .filter(column -> !table.has(column))
                .forEach(column -> faults.add(new Fault("/rows/1", "the header needs a column " + column)));
        List<Pool.Terms> pools = new ArrayList<>();
        for (CsvTable.Row row : faults.isEmpty() ? table.rows() : List.<CsvTable.Row>of()) {
            String at = "/rows/" + row.number();
            int before = faults.size();
            PoolBody body = body(at, row);
            if (faults.size() == before) {
                List<Fault> inBody = new ArrayList<>();
                new PoolReader("", inBody).read(body).ifPresent(pools::add);
                inBody.forEach(fault -> faults.add(new Fault(at + column(fault.pointer()), fault.detail())));
            }
        }
        if (faults.isEmpty() && pools.isEmpty()) {
            faults.add(new Fault("/rows", "there is none: one pool a row is expected"));
        }
        return pools;
    }

    /** The column that a part of a body comes from. */
    private static String column(String pointer) {
        if (pointer.startsWith("/driver/")) {
            String part = pointer.substring("/driver".length());
            return part.equals("/kind") ? "/driver" : part;
        }
        return pointer.equals("/amountUsd") ? "/amount_usd" : pointer;
    }

    private PoolBody body(String at, CsvTable.Row row) {
        String driver = row.get("driver");
        return new PoolBody(
                row.get("name"),
                row.get("kind"),
                decimal(at + "/amount_usd", row.get("amount_usd")),
                row.get("period"),
                row.get("from"),
                orNull(row.get("to")),
                driver.isEmpty()
                        ? null
                        : new PoolBody.DriverBody(
                                driver, row.get("measure"), weights(at + "/weights", row.get("weights"))),
                orNull(row.get("target")),
                orNull(row.get("then")),
                decimal(at + "/capacity", row.get("capacity")));
    }

    private Map<String, @Nullable BigDecimal> weights(String at, String text) {
        Map<String, @Nullable BigDecimal> weights = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int equals = part.lastIndexOf('=');
            if (equals < 1) {
                faults.add(new Fault(at, "must be written search=2;chat=1: '%s'".formatted(part)));
                return weights;
            }
            weights.put(part.substring(0, equals).strip(), decimal(at, part.substring(equals + 1)));
        }
        return weights;
    }

    private @Nullable BigDecimal decimal(String at, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException _) {
            faults.add(new Fault(at, "must be a decimal number with a point, such as 1250.50: '%s'".formatted(text)));
            return null;
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
