package io.pentameter.ingest.signal;

import io.pentameter.contracts.Topics;
import org.jspecify.annotations.Nullable;

/** One kind of signal: reads an item of a request and makes records of it. */
public interface SignalReader {

    /** Names it in metrics: {@code feedback} ... */
    String word();

    /** Where its records go. */
    Topics topic();

    /**
     * Reads one item. What is wrong with it is noted in the form; then the result does not count.
     *
     * @param givenId the request's Idempotency-Key, made unique for the item; absent if there was none
     */
    @Nullable
    Signal read(Form form, SignalOrigin origin, @Nullable String givenId);
}
