package io.pentameter.statistics.quantile;

import java.nio.ByteBuffer;

/** Whole numbers of 0 or more, 7 bits a byte, least significant first, as in protobuf. */
final class VariableLength {

    private VariableLength() {}

    static void put(ByteBuffer bytes, long value) {
        long rest = value;
        while (rest > 0x7f) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    static long get(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw new IllegalArgumentException("bytes end within a number, at " + bytes.position());
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("number must have at most 9 bytes, at " + bytes.position());
    }
}
