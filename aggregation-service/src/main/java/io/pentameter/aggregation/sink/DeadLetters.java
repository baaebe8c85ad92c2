package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;

/** Where records go that can never be stored. */
interface DeadLetters {

    /** Returns when the log has it; may be called again for the same record. */
    void publish(RawRecord record, String reason);
}
