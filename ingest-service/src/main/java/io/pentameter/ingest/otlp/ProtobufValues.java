package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Decodes {@code AnyValue}: scalars as themselves, arrays and maps as JSON, bytes as Base64. */
final class ProtobufValues {

    private static final int STRING = 1 << 3 | 2;
    private static final int BOOL = 2 << 3;
    private static final int INT = 3 << 3;
    private static final int DOUBLE = 4 << 3 | 1;
    private static final int ARRAY = 5 << 3 | 2;
    private static final int MAP = 6 << 3 | 2;
    private static final int BYTES = 7 << 3 | 2;

    private final ProtoReader in;
    private final DecodeLimits limits;

    ProtobufValues(ProtoReader in, DecodeLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The value that begins here; absent if it says nothing. Of several in one message the last counts. */
    @Nullable
    Object value() {
        int outer = in.enter();
        Object value = null;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case STRING -> value = in.text(limits.maxTextBytes());
                case BOOL -> value = in.varint() != 0;
                case INT -> value = in.varint();
                case DOUBLE -> value = Double.longBitsToDouble(in.fixed64());
                case ARRAY, MAP -> value = structure(tag);
                case BYTES -> value = base64(in.byteString());
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return value;
    }

    private Object structure(int tag) {
        JsonBuilder json = new JsonBuilder(limits.maxTextBytes());
        if (tag == ARRAY) {
            array(json, 1);
        } else {
            map(json, 1);
        }
        return json.isFull() ? new CutText(json.text(), json.wanted()) : new JsonText(json.text());
    }

    private void nested(JsonBuilder json, int depth) {
        int outer = in.enter();
        boolean isWritten = false;
        while (in.hasMore()) {
            int tag = in.tag();
            if (isWritten) {
                in.skip(tag);
                continue;
            }
            isWritten = true;
            switch (tag) {
                case STRING -> json.text(in.text());
                case BOOL -> json.raw(Boolean.toString(in.varint() != 0));
                case INT -> json.raw(Long.toString(in.varint()));
                case DOUBLE -> json.number(Double.longBitsToDouble(in.fixed64()));
                case BYTES -> json.text(base64(in.byteString()));
                case ARRAY, MAP -> {
                    if (depth >= limits.maxDepth()) {
                        json.text("[deeper than " + limits.maxDepth() + " levels]");
                        in.skip(tag);
                    } else if (tag == ARRAY) {
                        array(json, depth + 1);
                    } else {
                        map(json, depth + 1);
                    }
                }
                default -> {
                    isWritten = false;
                    in.skip(tag);
                }
            }
        }
        in.leave(outer);
        if (!isWritten) {
            json.raw("null");
        }
    }

    private void array(JsonBuilder json, int depth) {
        int outer = in.enter();
        json.raw("[");
        boolean isFirst = true;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == STRING) {
                json.raw(isFirst ? "" : ",");
                isFirst = false;
                nested(json, depth);
            } else {
                in.skip(tag);
            }
        }
        json.raw("]");
        in.leave(outer);
    }

    private void map(JsonBuilder json, int depth) {
        int outer = in.enter();
        json.raw("{");
        boolean isFirst = true;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == STRING) {
                json.raw(isFirst ? "" : ",");
                isFirst = false;
                entry(json, depth);
            } else {
                in.skip(tag);
            }
        }
        json.raw("}");
        in.leave(outer);
    }

    private void entry(JsonBuilder json, int depth) {
        int outer = in.enter();
        boolean hasKey = false;
        boolean hasValue = false;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == STRING && !hasKey) {
                json.text(in.text());
                json.raw(":");
                hasKey = true;
            } else if (tag == (2 << 3 | 2) && hasKey && !hasValue) {
                nested(json, depth);
                hasValue = true;
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        if (!hasKey) {
            json.raw("\"\":");
        }
        if (!hasValue) {
            json.raw("null");
        }
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
