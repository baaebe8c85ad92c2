package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pieces of one trace as bytes for the store, in the encodings of Protocol Buffers: a byte for the format, the number of
 * pieces, and each piece. A name is written where it comes first; after that, and for every other piece, its number stands for it.
 * Half a character becomes a question mark, as it does in the records made of the pieces.
 */
final class PieceBytes {

    private static final byte FORMAT = 1;
    private static final int SPAN_ID = 8;
    private static final int KEY = 16;

    /** Bytes of all numbers that are written beside the texts of a fact, or beside the facts of a piece. */
    private static final int MOST_BESIDE = 32;

    private static final int SHORT = 256;

    private static final int TEXT = 1;
    private static final int JSON = 2;
    private static final int CUT = 3;
    private static final int WHOLE = 4;
    private static final int FRACTION = 5;
    private static final int TRUE = 6;
    private static final int FALSE = 7;

    private PieceBytes() {}

    static byte[] write(Collection<Fragment> pieces) {
        byte[] bytes = new byte[mostBytes(pieces)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        Map<String, Integer> names = new HashMap<>();
        try {
            out.write(FORMAT);
            out.writeUInt32NoTag(pieces.size());
            for (Fragment piece : pieces) {
                out.writeRawBytes(piece.spanId());
                out.writeRawBytes(piece.order().key());
                out.writeBoolNoTag(piece.order().isUpdate());
                out.writeSInt64NoTag(piece.order().timeNs());
                facts(piece.facts(), names, out);
            }
            return Arrays.copyOf(bytes, out.getTotalBytesWritten());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    /** As many bytes as all names and values can have. */
    private static int mostBytes(Collection<Fragment> pieces) {
        long most = MOST_BESIDE;
        for (Fragment piece : pieces) {
            most += SPAN_ID + KEY + MOST_BESIDE;
            for (Map.Entry<String, Object> fact : piece.facts().entrySet()) {
                most += MOST_BESIDE
                        + mostBytes(fact.getKey())
                        + switch (fact.getValue()) {
                            case String text -> mostBytes(text);
                            case JsonText json -> mostBytes(json.text());
                            case CutText cut -> mostBytes(cut.head());
                            default -> 0;
                        };
            }
        }
        return Math.toIntExact(most);
    }

    /** Short texts are not measured before they are written. */
    private static long mostBytes(String text) {
        return text.length() < SHORT ? 3L * text.length() : Utf8.size(text);
    }

    private static void facts(Map<String, Object> facts, Map<String, Integer> names, CodedOutputStream out)
            throws IOException {
        out.writeUInt32NoTag(facts.size());
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            Integer known = names.putIfAbsent(fact.getKey(), names.size());
            out.writeUInt32NoTag(known == null ? names.size() - 1 : known);
            if (known == null) {
                out.writeStringNoTag(fact.getKey());
            }
            value(fact.getValue(), out);
        }
    }

    private static void value(Object value, CodedOutputStream out) throws IOException {
        switch (value) {
            case String text -> {
                out.write((byte) TEXT);
                out.writeStringNoTag(text);
            }
            case JsonText json -> {
                out.write((byte) JSON);
                out.writeStringNoTag(json.text());
            }
            case CutText cut -> {
                out.write((byte) CUT);
                out.writeStringNoTag(cut.head());
                out.writeUInt64NoTag(cut.size());
            }
            case Long whole -> {
                out.write((byte) WHOLE);
                out.writeSInt64NoTag(whole);
            }
            case Double fraction -> {
                out.write((byte) FRACTION);
                out.writeDoubleNoTag(fraction);
            }
            case Boolean flag -> out.write((byte) (flag ? TRUE : FALSE));
            default -> throw new IllegalArgumentException("no value of an attribute: " + value.getClass());
        }
    }

    static List<Fragment> read(ByteString traceId, byte[] bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            byte format = in.readRawByte();
            if (format != FORMAT) {
                throw new IllegalStateException("unknown format of stored pieces: " + format);
            }
            int size = in.readUInt32();
            List<Fragment> pieces = new ArrayList<>(size);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ByteString spanId = ByteString.copyFrom(in.readRawBytes(SPAN_ID));
                ByteString key = ByteString.copyFrom(in.readRawBytes(KEY));
                Fragment.Order order = new Fragment.Order(in.readBool(), in.readSInt64(), key);
                pieces.add(new Fragment(traceId, spanId, order, facts(names, in)));
            }
            return pieces;
        } catch (IOException e) {
            throw new UncheckedIOException("stored pieces cannot be read", e);
        }
    }

    private static SortedMap<String, Object> facts(List<String> names, CodedInputStream in) throws IOException {
        SortedMap<String, Object> facts = new TreeMap<>();
        for (int left = in.readUInt32(); left > 0; left--) {
            int name = in.readUInt32();
            if (name == names.size()) {
                names.add(in.readStringRequireUtf8());
            }
            facts.put(names.get(name), value(in));
        }
        return facts;
    }

    private static Object value(CodedInputStream in) throws IOException {
        byte kind = in.readRawByte();
        return switch (kind) {
            case TEXT -> in.readStringRequireUtf8();
            case JSON -> new JsonText(in.readStringRequireUtf8());
            case CUT -> new CutText(in.readStringRequireUtf8(), in.readUInt64());
            case WHOLE -> in.readSInt64();
            case FRACTION -> in.readDouble();
            case TRUE -> true;
            case FALSE -> false;
            default -> throw new IllegalStateException("unknown kind of a stored value: " + kind);
        };
    }
}
