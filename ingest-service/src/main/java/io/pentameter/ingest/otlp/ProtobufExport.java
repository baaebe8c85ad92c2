package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import org.jspecify.annotations.Nullable;

/**
 * What the export requests of all signals have in common in protobuf: resources, scopes below them, and the signal's own
 * messages below those, with the same field numbers.
 *
 * <p>Field numbers: opentelemetry-proto 1.10, the services below {@code collector}, and {@code common/v1/common.proto}.
 */
final class ProtobufExport {

    private static final int BYTES = 2;

    private final ProtoReader in;
    private final NameTable names;
    private final DecodeLimits limits;
    private final ProtobufValues values;
    private int leaves;
    private int beyondLimit;

    /** Reads one message of the signal, from its length on. */
    @FunctionalInterface
    interface Leaf {
        void read(SpanSource source);
    }

    ProtobufExport(ProtoReader in, NameTable names, DecodeLimits limits) {
        this.in = in;
        this.names = names;
        this.limits = limits;
        this.values = new ProtobufValues(in, limits);
    }

    /** How many messages there were beyond the limit. */
    int beyondLimit() {
        return beyondLimit;
    }

    /** Reads the whole request. */
    void read(Leaf leaf) {
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                ofResource(leaf);
            } else {
                in.skip(tag);
            }
        }
    }

    private void ofResource(Leaf leaf) {
        int outer = in.enter();
        // the resource may come after its spans: look for it first
        int start = in.position();
        Reading resource = Reading.of(new Attributes(limits.maxAttributes()));
        boolean hasScopes = false;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                resource = resource();
            } else {
                hasScopes |= tag == tag(2, BYTES);
                in.skip(tag);
            }
        }
        if (hasScopes) {
            in.back(start);
            while (in.hasMore()) {
                int tag = in.tag();
                if (tag == tag(2, BYTES)) {
                    ofScope(resource, leaf);
                } else {
                    in.skip(tag);
                }
            }
        }
        in.leave(outer);
    }

    private Reading resource() {
        int outer = in.enter();
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                attribute(attributes);
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return Reading.of(attributes);
    }

    private void ofScope(Reading resource, Leaf leaf) {
        int outer = in.enter();
        SpanSource source = new SpanSource(resource, "", "");
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                source = scope(resource);
            } else if (tag == tag(2, BYTES)) {
                if (leaves < limits.maxSpans()) {
                    leaves++;
                    leaf.read(source);
                } else {
                    beyondLimit++;
                    in.skip(tag);
                }
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private SpanSource scope(Reading resource) {
        int outer = in.enter();
        String name = "";
        String version = "";
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                name = in.text();
            } else if (tag == tag(2, BYTES)) {
                version = in.text();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return new SpanSource(resource, name, version);
    }

    /** An AnyValue; absent if it says nothing. */
    @Nullable
    Object value() {
        return values.value();
    }

    /** A KeyValue. An attribute without a value is none. */
    void attribute(Attributes attributes) {
        int outer = in.enter();
        int keyAt = 0;
        int keyLength = 0;
        Object value = null;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                keyLength = in.length();
                keyAt = in.position();
                in.forward(keyLength);
            } else if (tag == tag(2, BYTES)) {
                value = values.value();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        if (value != null && keyLength > 0) {
            attributes.add(names.find(in.bytes(), keyAt, keyLength), value);
        }
    }

    static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }
}
