package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.mapping.BatchRows;
import io.pentameter.aggregation.mapping.DeadLetterRows;
import io.pentameter.aggregation.mapping.RawRecord;
import io.pentameter.aggregation.mapping.RecordMapper;
import io.pentameter.aggregation.mapping.Rejection;
import io.pentameter.aggregation.mapping.SunkRows;
import io.pentameter.aggregation.mapping.Table;
import io.pentameter.aggregation.settlement.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the rows of a batch into their tables, so that to write the batch again changes nothing.
 *
 * <p>When the spans are stored, their traces are settled. What the sink took is counted last: a bucket that has more rows than counts is only stale for a moment, one that has
 * more counts than rows would be sealed without them.
 *
 * <p>If the engine refuses the rows themselves, the batch is halved until the record is found that it refuses; the same
 * halves come about each time.
 */
final class BatchWriter {

    private final Map<String, RecordMapper> mappers;
    private final Inserts inserts;
    private final String countedTopic;
    private final Settlement settlement;

    /**
     * @param mappers      by topic
     * @param countedTopic the topic whose records the accounting is about
     * @param settlement   of the traces of the batch
     */
    BatchWriter(Map<String, RecordMapper> mappers, Inserts inserts, String countedTopic, Settlement settlement) {
        this.mappers = Map.copyOf(mappers);
        this.inserts = inserts;
        this.countedTopic = countedTopic;
        this.settlement = settlement;
    }

    /** Whose records it can write. */
    Set<String> topics() {
        return mappers.keySet();
    }

    /** What became of a batch. */
    sealed interface Result {

        /** Everything is stored but the dropped, which are noted in the table of dead letters. */
        record Written(int records, List<Dropped> dropped) implements Result {}

        /** Some rows may be stored; the same batch must be written again. */
        record Away(String reason) implements Result {}
    }

    /** A record that can never be stored. */
    record Dropped(RawRecord record, Rejection rejection) {}

    Result write(List<RawRecord> records, String token) {
        BatchRows counts = new BatchRows();
        List<Dropped> dropped = new ArrayList<>();
        Optional<String> away =
                store(records, token, counts, dropped).or(() -> settlement.settle(counts.spans(), token));
        if (away.isPresent()) {
            return new Result.Away(away.get());
        }
        RowBinary letters = new RowBinary(1024);
        for (Dropped drop : dropped) {
            DeadLetterRows.write(drop.record(), drop.rejection(), drop.record().toString(), letters);
            if (drop.record().topic().equals(countedTopic)) {
                counts.countDropped(drop.rejection());
            }
        }
        return switch (insertAll(DeadLetterRows.TABLE, letters, SunkRows.TABLE, counts.sunk(), token)) {
            case Insertion.Stored _ -> new Result.Written(records.size(), dropped);
            case Insertion.Away(String reason) -> new Result.Away(reason);
            case Insertion.Refused(String reason) -> new Result.Away("bookkeeping refused: " + reason);
        };
    }

    /** Returns why the engine is away, or nothing if all is stored or dropped. */
    private Optional<String> store(List<RawRecord> records, String token, BatchRows counts, List<Dropped> dropped) {
        BatchRows rows = new BatchRows();
        List<Dropped> unreadable = new ArrayList<>();
        for (RawRecord record : records) {
            RecordMapper mapper = mappers.get(record.topic());
            if (mapper == null) {
                throw new IllegalStateException("no mapper for topic " + record.topic());
            }
            mapper.map(record, rows).ifPresent(rejection -> unreadable.add(new Dropped(record, rejection)));
        }
        for (Map.Entry<Table, RowBinary> entry : rows.tables().entrySet()) {
            switch (insert(entry.getKey(), entry.getValue(), token)) {
                case Insertion.Stored _ -> {}
                case Insertion.Away(String reason) -> {
                    return Optional.of(reason);
                }
                case Insertion.Refused(String reason) -> {
                    return halve(records, token, reason, counts, dropped);
                }
            }
        }
        counts.addCounts(rows);
        dropped.addAll(unreadable);
        return Optional.empty();
    }

    private Optional<String> halve(
            List<RawRecord> records, String token, String reason, BatchRows counts, List<Dropped> dropped) {
        if (records.size() == 1) {
            RawRecord record = records.getFirst();
            dropped.add(new Dropped(record, Origins.rejection(record, reason)));
            return Optional.empty();
        }
        int middle = records.size() / 2;
        Optional<String> away = store(records.subList(0, middle), token + "/0", counts, dropped);
        return away.isPresent() ? away : store(records.subList(middle, records.size()), token + "/1", counts, dropped);
    }

    private Insertion insertAll(Table first, RowBinary firstRows, Table second, RowBinary secondRows, String token) {
        Insertion insertion = insert(first, firstRows, token);
        return insertion instanceof Insertion.Stored ? insert(second, secondRows, token) : insertion;
    }

    private Insertion insert(Table table, RowBinary rows, String token) {
        if (rows.rows() == 0) {
            return new Insertion.Stored();
        }
        return inserts.insert(table.name(), table.columns(), rows, token);
    }
}
