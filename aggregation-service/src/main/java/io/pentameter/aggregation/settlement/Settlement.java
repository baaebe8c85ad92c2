package io.pentameter.aggregation.settlement;

import io.pentameter.aggregation.mapping.Relative;
import java.util.Collection;
import java.util.Optional;

/** Settles the traces of a batch whose spans are stored already; to do it again changes nothing. */
@FunctionalInterface
public interface Settlement {

    /** For records that are no spans. */
    Settlement NONE = (spans, token) -> Optional.empty();

    /**
     * Returns why the engine is away, or nothing if all is settled.
     *
     * @param spans of the batch
     * @param token names the batch, the same each time that it is written
     */
    Optional<String> settle(Collection<Relative> spans, String token);
}
