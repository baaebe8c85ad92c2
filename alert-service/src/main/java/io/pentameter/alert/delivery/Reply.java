package io.pentameter.alert.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
sealed interface Reply {

    /**
     * It answered.
     *
     * @param retryAfter how long it asks to be left alone; absent if it does not
     */
    record Answered(int status, @Nullable Duration retryAfter) implements Reply {}

    /** It did not answer in time, or could not be reached. */
    record Silent(String why) implements Reply {}

    /** It was not even asked: the address is one that destinations may not have. */
    record Refused(String why) implements Reply {}
}
