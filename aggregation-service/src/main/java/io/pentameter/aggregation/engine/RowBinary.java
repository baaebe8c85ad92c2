package io.pentameter.aggregation.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Rows in ClickHouse's format RowBinary: values one after the other, in the order of the columns, without names.
 *
 * <p>Written by hand because it is the hot path: the writers of the client library look each column up by name and box
 * each value. Not thread-safe.
 */
public final class RowBinary {

    private byte[] bytes;
    private int size;
    private int rows;

    public RowBinary() {
        this(1 << 16);
    }

    public RowBinary(int capacity) {
        bytes = new byte[capacity];
    }

    public int rows() {
        return rows;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** Counts a row; called once after its last column. */
    public void endRow() {
        rows++;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    public RowBinary uint8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public RowBinary bool(boolean value) {
        return uint8(value ? 1 : 0);
    }

    public RowBinary int16(int value) {
        room(2);
        bytes[size++] = (byte) value;
        bytes[size++] = (byte) (value >> 8);
        return this;
    }

    public RowBinary int32(long value) {
        room(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[size++] = (byte) (value >> shift);
        }
        return this;
    }

    public RowBinary int64(long value) {
        room(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[size++] = (byte) (value >> shift);
        }
        return this;
    }

    public RowBinary float64(double value) {
        return int64(Double.doubleToRawLongBits(value));
    }

    public RowBinary float32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    public RowBinary string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    public RowBinary string(byte[] value) {
        length(value.length);
        return raw(value);
    }

    /** A FixedString: {@code value}, or zeros if it is empty. */
    public RowBinary fixed(byte[] value, int length) {
        if (value.length != 0 && value.length != length) {
            throw new IllegalArgumentException("must be empty or %d bytes: %d".formatted(length, value.length));
        }
        if (value.length == length) {
            return raw(value);
        }
        room(length);
        Arrays.fill(bytes, size, size + length, (byte) 0);
        size += length;
        return this;
    }

    public RowBinary strings(Collection<String> values) {
        length(values.size());
        values.forEach(this::string);
        return this;
    }

    public RowBinary int64s(List<Long> values) {
        length(values.size());
        values.forEach(this::int64);
        return this;
    }

    public RowBinary float64s(List<Double> values) {
        length(values.size());
        values.forEach(this::float64);
        return this;
    }

    public RowBinary map(Map<String, String> values) {
        length(values.size());
        values.forEach((key, value) -> string(key).string(value));
        return this;
    }

    public RowBinary counts(Map<String, Long> values) {
        length(values.size());
        values.forEach((key, value) -> string(key).int64(value));
        return this;
    }

    /** A Map(Int16, UInt64); keys must fit. */
    public RowBinary buckets(Map<Integer, Long> values) {
        length(values.size());
        values.forEach((key, value) -> int16(key).int64(value));
        return this;
    }

    /** The mark before a Nullable's value: whether it is null. */
    public RowBinary isNull(boolean isNull) {
        return bool(isNull);
    }

    /** A Nullable(Float64). */
    public RowBinary nullable(boolean present, double value) {
        isNull(!present);
        return present ? float64(value) : this;
    }

    /** A Nullable(Int64). */
    public RowBinary nullable(boolean present, long value) {
        isNull(!present);
        return present ? int64(value) : this;
    }

    /** A Nullable(UInt8). */
    public RowBinary nullable(boolean present, boolean value) {
        isNull(!present);
        return present ? bool(value) : this;
    }

    private void length(int value) {
        room(5);
        int rest = value;
        while (rest > 0x7f) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private RowBinary raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
