package io.pentameter.aggregation.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a line charges.
 *
 * @param pool   id of the pool; absent for what calls cost
 * @param name   of the pool; absent likewise
 */
record Charge(
        @JsonProperty("charge") Kind kind,
        @JsonInclude(Include.NON_NULL) @Nullable String pool,

        @JsonProperty("poolName") @JsonInclude(Include.NON_NULL) @Nullable
        String name) {

    static final Charge USAGE = new Charge(Kind.USAGE, null, null);

    /** In the order in which the lines of one value stand. */
    enum Kind {
        /** What its calls cost. */
        USAGE,
        /** Its share of a pool. */
        SHARED,
        /** Of a pool, on days on which its driver measured nothing; of no value. */
        UNALLOCATED,
        /** Of a pool: paid for and not used; of no value. */
        IDLE;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it belongs to nobody. */
    boolean isOfNobody() {
        return kind == Kind.UNALLOCATED || kind == Kind.IDLE;
    }
}
