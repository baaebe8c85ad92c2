package io.pentameter.quality.sampling;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The few fields of a span that decide whether it is looked at, read without parsing the rest.
 *
 * <p>Every span of every tenant passes here and almost none is graded, so payload, dimensions and attributes are skipped
 * over. Mutable and reused: read it before the next {@link #read}. Not safe for use by several threads.
 */
public final class SpanGlance {

    /** Attribute by which a client names the logical request; without it the trace is the request. */
    public static final String REQUEST_ID = "pentameter.request.id";

    private static final byte[] REQUEST_ID_BYTES = REQUEST_ID.getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = {};

    private String tenant = "";
    private byte[] traceId = NONE;
    private String requestId = "";
    private long receivedAtMicros;
    private int kind;
    private boolean isRequest;
    private boolean isError;
    private boolean hasOutput;
    private long costNanoUsd;

    /**
     * Reads the fields from the bytes of a {@link SpanRecord}.
     *
     * @throws IOException if the bytes are no such record
     */
    public void read(byte[] span) throws IOException {
        clear();
        CodedInputStream in = CodedInputStream.newInstance(span);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case SpanRecord.TENANT_FIELD_NUMBER -> tenant = in.readString();
                case SpanRecord.RECEIVED_AT_US_FIELD_NUMBER -> receivedAtMicros = in.readInt64();
                case SpanRecord.TRACE_ID_FIELD_NUMBER -> traceId = in.readByteArray();
                case SpanRecord.KIND_FIELD_NUMBER -> kind = in.readEnum();
                case SpanRecord.IS_REQUEST_FIELD_NUMBER -> isRequest = in.readBool();
                case SpanRecord.OUTCOME_FIELD_NUMBER -> readOutcome(in);
                case SpanRecord.COST_FIELD_NUMBER -> readCost(in);
                case SpanRecord.PAYLOAD_FIELD_NUMBER -> readPayload(in);
                case SpanRecord.ATTRIBUTES_FIELD_NUMBER -> readAttribute(in);
                default -> in.skipField(tag);
            }
        }
    }

    public String tenant() {
        return tenant;
    }

    /** The bytes themselves: do not change them. */
    public byte[] traceId() {
        return traceId;
    }

    /** Named by the client; empty if the trace stands for the request. */
    public String requestId() {
        return requestId;
    }

    public long receivedAtMicros() {
        return receivedAtMicros;
    }

    public boolean isModelCall() {
        return kind == SpanKind.SPAN_KIND_MODEL_CALL_VALUE;
    }

    /** Whether the span is what the user asked once. */
    public boolean isRequest() {
        return isRequest;
    }

    public boolean isError() {
        return isError;
    }

    public boolean hasOutput() {
        return hasOutput;
    }

    /** Cost of the call; -1 if it is not known or there is none. */
    public long costNanoUsd() {
        return costNanoUsd;
    }

    /** Whether there is an answer to grade: a model call, or a request with an output. */
    public boolean isCandidate() {
        return isModelCall() || (isRequest && hasOutput);
    }

    private void clear() {
        tenant = "";
        traceId = NONE;
        requestId = "";
        receivedAtMicros = 0;
        kind = 0;
        isRequest = false;
        isError = false;
        hasOutput = false;
        costNanoUsd = -1;
    }

    private void readOutcome(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == Outcome.ERROR_FIELD_NUMBER) {
                isError = in.readBool();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }

    private void readCost(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        boolean known = false;
        long total = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case Cost.KNOWN_FIELD_NUMBER -> known = in.readBool();
                case Cost.TOTAL_NANO_USD_FIELD_NUMBER -> total = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        costNanoUsd = known ? total : -1;
    }

    private void readPayload(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            hasOutput |= WireFormat.getTagFieldNumber(tag) == Payload.OUTPUT_FIELD_NUMBER;
            in.skipField(tag);
        }
        in.popLimit(limit);
    }

    private void readAttribute(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        boolean isRequestId = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == 1) {
                int length = in.readRawVarint32();
                if (length == REQUEST_ID_BYTES.length) {
                    isRequestId = Arrays.equals(in.readRawBytes(length), REQUEST_ID_BYTES);
                } else {
                    in.skipRawBytes(length);
                }
            } else if (field == 2 && isRequestId) {
                requestId = in.readString();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(limit);
    }
}
