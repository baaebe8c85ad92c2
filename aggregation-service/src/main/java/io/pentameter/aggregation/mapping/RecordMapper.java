package io.pentameter.aggregation.mapping;

import java.util.Optional;

/** Makes rows of the records of one topic. A pure function: no clock, no look-up, no chance. */
public interface RecordMapper {

    /** Adds the rows of {@code record} to {@code rows}, or nothing and says why. */
    Optional<Rejection> map(RawRecord record, BatchRows rows);
}
