package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.csv.CsvLine;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.money.Usd;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An allocation as a file, written element by element: a line for each, dearest first, then one for what of each pool is nobody's. The
 * columns add up to the totals.
 */
final class CsvAllocation {

    private final AllocationQuery query;
    private final Allocated allocated;
    private final Tally tally;

    CsvAllocation(AllocationQuery query, Allocated allocated) {
        this.query = query;
        this.allocated = allocated;
        tally = new Tally(allocated);
    }

    void write(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>(List.of("line"));
        query.by().stream().map(Dimension::word).forEach(names::add);
        names.addAll(List.of(
                "pool", "direct_usd", "allocated_usd", "unallocated_usd", "idle_usd", "total_usd", "statement_usd"));
        writer.write(CsvLine.of(names));
        for (int rank = 0; rank < tally.size(); rank++) {
            int element = tally.element(rank);
            writer.write(line(
                    "element",
                    allocated.elements().path(element),
                    "",
                    List.of(allocated.directNano(element), tally.allocated(element), 0L, 0L, tally.total(element)),
                    tally.cents(element)));
        }
        List<Allocated.PoolSums> pools = allocated.pools();
        for (int i = 0; i < pools.size(); i++) {
            Allocated.PoolSums pool = pools.get(i);
            writer.write(line(
                    "pool",
                    query.by().stream().map(_ -> "").toList(),
                    pool.pool().terms().name(),
                    List.of(0L, 0L, pool.unallocated(), pool.idle(), Math.addExact(pool.unallocated(), pool.idle())),
                    tally.poolCents(i)));
        }
        writer.flush();
    }

    private static String line(String kind, List<String> path, String pool, List<Long> nanos, long cents) {
        List<String> fields = new ArrayList<>(List.of(kind));
        path.stream().map(CsvLine::defused).forEach(fields::add);
        fields.add(CsvLine.defused(pool));
        nanos.stream().map(Usd::text).forEach(fields::add);
        fields.add(Tally.cents(cents));
        return CsvLine.of(fields);
    }
}
