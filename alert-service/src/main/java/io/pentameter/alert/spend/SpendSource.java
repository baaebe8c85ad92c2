package io.pentameter.alert.spend;

import java.io.IOException;
import java.time.Instant;

/** Where spending is read. */
public interface SpendSource {

    /** @throws IOException if there is no usable answer */
    SpendAnswer ask(SpendQuestion question) throws IOException;

    /**
     * Reads what each value has spent, one after the other, those that spent most first; for lists too long to be held.
     *
     * @param question about one tenant, with {@code each}, without {@code step}
     * @return everything that was acknowledged before is in the numbers
     * @throws IOException if there is no usable answer; some values may have been told of
     */
    Instant list(SpendQuestion question, Listener listener) throws IOException;

    /** Hears what one value has spent. */
    @FunctionalInterface
    interface Listener {

        /**
         * One value, told of once.
         *
         * @param value    in UTF-8, the listener's own; empty where calls do not tell the dimension
         * @param nano     known cost in 1e-9 USD
         * @param calls    of models
         * @param unpriced those of them without a price
         */
        void spent(byte[] value, long nano, long calls, long unpriced);
    }
}
