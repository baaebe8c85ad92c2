package io.pentameter.ingest.intake;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes that are worked on at a time. Thread-safe. */
public final class InFlight {

    private final long limit;
    private final AtomicLong bytes = new AtomicLong();

    /** @param limit most bytes, 1 or more */
    public InFlight(long limit) {
        this.limit = limit;
    }

    /** Bytes that are worked on now. */
    public long bytes() {
        return bytes.get();
    }

    /** A share for one delivery, empty at first. */
    public Share open() {
        return new Share();
    }

    /** The bytes of one delivery. Used by one thread at a time. */
    public final class Share {

        private long held;

        /**
         * Takes more.
         *
         * @throws OverloadedException if that would exceed the limit; nothing is taken then
         */
        public void grow(long more) {
            if (bytes.addAndGet(more) > limit) {
                bytes.addAndGet(-more);
                throw new OverloadedException();
            }
            held += more;
        }

        /** Gives all back. */
        public void close() {
            bytes.addAndGet(-held);
            held = 0;
        }
    }

    /** Too many bytes are worked on already. */
    public static final class OverloadedException extends RuntimeException {

        OverloadedException() {
            super("too many bytes in flight", null, false, false);
        }
    }
}
