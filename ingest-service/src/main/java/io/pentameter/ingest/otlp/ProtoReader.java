package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.CutText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A place in a protobuf message.
 *
 * <p>Unlike the generated parsers it makes no object for a message and takes texts that are no UTF-8, with U+FFFD in
 * place of what is not.
 */
final class ProtoReader {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;
    private int end;

    ProtoReader(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    boolean hasMore() {
        return position < end;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** Where the message that was entered last ends. */
    int end() {
        return end;
    }

    /** Takes up the message that ends there again, after reading broke off inside of it. */
    void resume(int messageEnd) {
        end = messageEnd;
    }

    /** Goes back to a position within the message that was entered last. */
    void back(int earlier) {
        position = earlier;
    }

    /**
     * Confines reading to the message that begins here.
     *
     * @return what to give to {@link #leave}
     */
    int enter() {
        int length = length();
        int outer = end;
        end = position + length;
        return outer;
    }

    /** Goes to the end of the message that was entered, wherever reading stopped. */
    void leave(int outer) {
        position = end;
        end = outer;
    }

    /** The next tag: field number and wire type. */
    int tag() {
        long tag = varint();
        if (tag < 8 || tag > 0xFFFFFFFFL) {
            throw broken("a tag");
        }
        return (int) tag;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw broken("a varint");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a varint");
    }

    long fixed64() {
        if (end - position < 8) {
            throw broken("a fixed64");
        }
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    /** Length of what follows, checked against what is there. */
    int length() {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw new UndecodableException("the protobuf body is cut off or broken at byte " + position
                    + ": a field of " + Long.toUnsignedString(length) + " bytes where " + (end - position)
                    + " are left");
        }
        return (int) length;
    }

    ByteString byteString() {
        int length = length();
        ByteString value = ByteString.copyFrom(bytes, position, length);
        position += length;
        return value;
    }

    String text() {
        int length = length();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** A text of which at most {@code maxBytes} are taken into memory: a String, or a {@link CutText}. */
    Object text(int maxBytes) {
        int length = length();
        int start = position;
        position += length;
        if (length <= maxBytes) {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        int cut = start + maxBytes;
        while (cut > start && (bytes[cut] & 0xC0) == 0x80) {
            cut--;
        }
        return new CutText(new String(bytes, start, cut - start, StandardCharsets.UTF_8), length);
    }

    /** A text of which at most {@code maxBytes} are taken. */
    String headOfText(int maxBytes) {
        return switch (text(maxBytes)) {
            case CutText cut -> cut.head();
            case Object text -> text.toString();
        };
    }

    void skip(int tag) {
        switch (tag & 7) {
            case 0 -> varint();
            case 1 -> forward(8);
            case 2 -> forward(length());
            case 5 -> forward(4);
            default -> throw broken("wire type " + (tag & 7));
        }
    }

    void forward(int count) {
        if (count > end - position) {
            throw broken("a field");
        }
        position += count;
    }

    private UndecodableException broken(String what) {
        return new UndecodableException("the protobuf body is cut off or broken at byte " + position + ": " + what);
    }
}
