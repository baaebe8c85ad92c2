package io.pentameter.alert.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What each value of a dimension has spent, as the ledger says; never changed once it is built.
 *
 * <p>Values are kept as 128 bits of SHA-256, in open addressing with a third of the slots free: 32 bytes a slot, 48 a value,
 * whatever its length. Two values of one tenant share the bits with a probability of 1e-27 for a million.
 */
final class LedgerTable {

    private static final double SLOTS_PER_VALUE = 1.5;

    private final Hashing hashing = new Hashing();
    private long[] high;
    private long[] low;
    private long[] nano;
    private int[] calls;
    private int[] unpriced;
    private int size;
    private long totalNano;
    private long totalPriced;

    /** @param values that will be added, about, 0 or more; for more than that it is built anew, twice as large */
    LedgerTable(int values) {
        int slots = slots(values);
        high = new long[slots];
        low = new long[slots];
        nano = new long[slots];
        calls = new int[slots];
        unpriced = new int[slots];
    }

    /**
     * What one value has.
     *
     * @param nano     known cost in 1e-9 USD
     * @param unpriced calls among {@code calls} without a price
     */
    record Entry(long nano, long calls, long unpriced) {}

    /** Adds a value that is not there yet; only while the table is built. */
    void add(String value, Entry entry) {
        add(value.getBytes(StandardCharsets.UTF_8), entry);
    }

    /** The same of a value in UTF-8. */
    void add(byte[] value, Entry entry) {
        if (slots(size + 1) > calls.length) {
            grow();
        }
        Hash hash = hashing.of(value);
        int slot = free(hash);
        high[slot] = hash.high();
        low[slot] = hash.low();
        nano[slot] = entry.nano();
        calls[slot] = 1 + (int) Math.min(entry.calls(), Integer.MAX_VALUE - 1); // 0 is a free slot
        unpriced[slot] = (int) Math.min(entry.unpriced(), Integer.MAX_VALUE);
        size++;
        totalNano += entry.nano();
        totalPriced += Math.max(0, entry.calls() - entry.unpriced());
    }

    /** Null if it is not in the table. */
    @Nullable
    Entry get(String value) {
        Hash hash = new Hashing().of(value.getBytes(StandardCharsets.UTF_8)); // many read at once
        int slot = slot(hash);
        while (calls[slot] != 0) {
            if (low[slot] == hash.low() && high[slot] == hash.high()) {
                return new Entry(nano[slot], calls[slot] - 1L, unpriced[slot]);
            }
            slot = slot + 1 == calls.length ? 0 : slot + 1;
        }
        return null;
    }

    int size() {
        return size;
    }

    /** Mean cost of a priced call of all values; 0 if there is none. */
    long meanNano() {
        return totalPriced == 0 ? 0 : totalNano / totalPriced;
    }

    private static int slots(int values) {
        return (int) Math.min(Integer.MAX_VALUE - 8, (long) (values * SLOTS_PER_VALUE) + 2);
    }

    private void grow() {
        LedgerTable larger = new LedgerTable(2 * size);
        for (int slot = 0; slot < calls.length; slot++) {
            if (calls[slot] != 0) {
                int to = larger.free(new Hash(high[slot], low[slot]));
                larger.high[to] = high[slot];
                larger.low[to] = low[slot];
                larger.nano[to] = nano[slot];
                larger.calls[to] = calls[slot];
                larger.unpriced[to] = unpriced[slot];
            }
        }
        high = larger.high;
        low = larger.low;
        nano = larger.nano;
        calls = larger.calls;
        unpriced = larger.unpriced;
    }

    private int free(Hash hash) {
        int slot = slot(hash);
        while (calls[slot] != 0) {
            slot = slot + 1 == calls.length ? 0 : slot + 1;
        }
        return slot;
    }

    private int slot(Hash hash) {
        return (int) Math.unsignedMultiplyHigh(hash.low(), calls.length);
    }

    private record Hash(long high, long low) {}

    /** For one thread: a million values leave no million digests behind. */
    private static final class Hashing {

        private final MessageDigest digest;
        private final ByteBuffer bits = ByteBuffer.allocate(32);

        Hashing() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        Hash of(byte[] value) {
            digest.update(value);
            try {
                digest.digest(bits.array(), 0, bits.capacity());
            } catch (DigestException e) {
                throw new IllegalStateException(e);
            }
            return new Hash(bits.getLong(0), bits.getLong(8));
        }
    }
}
